namespace Tracers.Shell;

/// <summary>The exit codes of the shell itself; a script's own code goes through unchanged.</summary>
internal static class ExitCodes
{
    /// <summary>The last command succeeded.</summary>
    public const int Success = 0;

    /// <summary>The last command failed, or an error ended the run.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong (the same number as pwsh's).</summary>
    public const int BadArguments = 64;

    /// <summary>Ctrl+C ended the run: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of the output went away: 128 + SIGPIPE.</summary>
    public const int ClosedPipe = 141;

    /// <summary>The process was asked to end: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
