namespace Tracers.Shell;

/// <summary>What the command line asked for.</summary>
internal sealed record ShellOptions
{
    /// <summary>Gets what the shell does.</summary>
    public ShellMode Mode { get; init; } = ShellMode.Interactive;

    /// <summary>Gets the command text, or the path of the script.</summary>
    public string Text { get; init; } = "";

    /// <summary>Gets the script's arguments, as they were typed.</summary>
    public IReadOnlyList<string> ScriptArguments { get; init; } = [];

    /// <summary>Gets a value indicating whether prompts are refused.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Gets a value indicating whether the greeting is left out.</summary>
    public bool NoLogo { get; init; }

    /// <summary>Gets what is wrong with the command line, or null.</summary>
    public string? Error { get; init; }
}
