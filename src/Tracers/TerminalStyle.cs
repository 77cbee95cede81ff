using System.Management.Automation;
using System.Management.Automation.Host;

namespace Tracers;

/// <summary>How a command may draw in its session: in how many columns, and whether with colours.</summary>
/// <remarks>
/// A command does not write text to the terminal: it writes a <see cref="TracerPicture"/>, and PowerShell shows that by its view. So a picture
/// that goes to a file, a variable or another command is the right one there: PowerShell takes the colours out where the view is not shown in a
/// terminal, which it does not do with strings.
/// </remarks>
internal sealed class TerminalStyle
{
    private const int DefaultWidth = 80;

    // A picture of three columns shows nothing, and one of millions is a mistake.
    internal const int LeastWidth = 40;
    internal const int GreatestWidth = 4096;

    private TerminalStyle(int width, bool colored)
    {
        Width = width;
        Colored = colored;
    }

    /// <summary>The columns that a picture may take.</summary>
    public int Width { get; }

    /// <summary>Whether colours may be used: false where the user or the terminal wants none.</summary>
    public bool Colored { get; }

    /// <summary>Asks a command's session.</summary>
    /// <param name="command">The command.</param>
    /// <param name="width">The columns that the user asked for; null for those of the terminal but one, as PowerShell's own views leave it.</param>
    public static TerminalStyle Of(PSCmdlet command, int? width) =>
        new(width ?? WidthOf(command.Host), IsColored(RenderingProperty(command)?.Value?.ToString(), command.Host.UI?.SupportsVirtualTerminal ?? false, Environment.GetEnvironmentVariable));

    /// <summary>Whether colours may be used.</summary>
    /// <param name="rendering">The value of <c>$PSStyle.OutputRendering</c>, which the user can set at any time; null if there is none.</param>
    /// <param name="terminal">Whether the host takes escape codes.</param>
    /// <param name="environment">The environment's variables.</param>
    internal static bool IsColored(string? rendering, bool terminal, Func<string, string?> environment) => rendering switch
    {
        "PlainText" => false,
        "Ansi" => true,
        _ => terminal && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") is not ("dumb" or "xterm-mono" or "xtermm"),
    };

    /// <summary>A session's <c>$PSStyle.OutputRendering</c>; null if there is none: a user may replace <c>$PSStyle</c> by anything.</summary>
    internal static PSPropertyInfo? RenderingProperty(PSCmdlet command) =>
        command.SessionState.PSVariable.GetValue("PSStyle") is { } style ? PSObject.AsPSObject(style).Properties["OutputRendering"] : null;

    private static int WidthOf(PSHost host)
    {
        try
        {
            return host.UI?.RawUI?.WindowSize.Width is > 0 and var width ? Math.Clamp(width - 1, LeastWidth, GreatestWidth) : DefaultWidth;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or NotSupportedException or InvalidOperationException or IOException)
        {
            // Hosts without a window, such as jobs and remote sessions.
            return DefaultWidth;
        }
    }
}
