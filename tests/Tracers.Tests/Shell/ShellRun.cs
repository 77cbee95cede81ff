namespace Tracers.Tests.Shell;

/// <summary>What a finished run of the shell left behind.</summary>
internal sealed record ShellRun(int ExitCode, string Output, string Error)
{
    /// <summary>Gets the lines of standard output without the empty ones.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
