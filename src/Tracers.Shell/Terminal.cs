namespace Tracers.Shell;

/// <summary>What the two ends of the process are, decided once: terminals or files, with escape codes or without.</summary>
internal sealed class Terminal
{
    /// <summary>The width that text is laid out for when nobody looks at a terminal.</summary>
    public const int RedirectedWidth = 120;

    private const int RedirectedHeight = 50;

    /// <summary>Gets a value indicating whether standard input is not a terminal.</summary>
    public bool InputRedirected { get; } = Console.IsInputRedirected;

    /// <summary>Gets a value indicating whether standard output is not a terminal.</summary>
    public bool OutputRedirected { get; } = Console.IsOutputRedirected;

    /// <summary>Gets a value indicating whether standard error is not a terminal.</summary>
    public bool ErrorRedirected { get; } = Console.IsErrorRedirected;

    /// <summary>Gets a value indicating whether the user asked for text without colours, or the terminal has none.</summary>
    public bool Plain { get; } = WantsPlainText(Environment.GetEnvironmentVariable);

    /// <summary>Gets the width in columns.</summary>
    public int Width => OutputRedirected ? RedirectedWidth : AtLeastOne(Console.WindowWidth, RedirectedWidth);

    /// <summary>Gets the height in lines.</summary>
    public int Height => OutputRedirected ? RedirectedHeight : AtLeastOne(Console.WindowHeight, RedirectedHeight);

    /// <summary>Says whether the environment asks for plain text: NO_COLOR with any value, or a terminal type without colours.</summary>
    public static bool WantsPlainText(Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("NO_COLOR")))
            return true;

        return environment("TERM") is "dumb" or "xterm-mono" or "xtermm";
    }

    // A pseudo terminal that nobody gave a size to says 0.
    private static int AtLeastOne(int size, int otherwise) => size > 0 ? size : otherwise;
}
