namespace Tracers.Shell;

/// <summary>What a run of the shell does.</summary>
internal enum ShellMode
{
    /// <summary>Prompts for commands until the end of input.</summary>
    Interactive,

    /// <summary>Runs the text of the command line.</summary>
    Command,

    /// <summary>Runs the text read from standard input.</summary>
    CommandFromInput,

    /// <summary>Runs a script file.</summary>
    File,

    /// <summary>Prints the options.</summary>
    Help,

    /// <summary>Prints the versions.</summary>
    Version,
}
