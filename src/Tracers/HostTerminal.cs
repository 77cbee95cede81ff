using System.Management.Automation;
using System.Management.Automation.Host;
using Tracers.Engine.Pictures.Interactive;
using Tracers.Engine.Scap;

namespace Tracers;

/// <summary>The terminal of a host, for a picture that one chooses in. To be disposed of.</summary>
/// <remarks>
/// While it is open <c>$PSStyle.OutputRendering</c> is <c>Ansi</c>: with <c>PlainText</c> hosts take out of what is written not only colours but also
/// what places the cursor. Whether the picture has colours is another question.
/// </remarks>
internal sealed class HostTerminal : IPictureTerminal, IDisposable
{
    private const string Ansi = nameof(Ansi);

    private readonly PSHost _host;
    private readonly PSPropertyInfo? _rendering;
    private readonly object? _before;

    private HostTerminal(PSHost host, PSPropertyInfo? rendering)
    {
        _host = host;
        _rendering = rendering;
        _before = rendering?.Value;
        if (rendering is not null)
            rendering.Value = Ansi;
    }

    /// <inheritdoc/>
    public (int Width, int Height) Size => _host.UI.RawUI.WindowSize is { Width: > 0, Height: > 0 } size ? (size.Width, size.Height) : (80, 24);

    /// <inheritdoc/>
    public bool KeyAvailable => _host.UI.RawUI.KeyAvailable;

    /// <summary>Why a command's session has no terminal to choose in; null where it has one.</summary>
    public static string? WhyNot(PSCmdlet command)
    {
        if (!StandardInput.IsTerminal)
            return "standard input is a file or a pipe";
        if (!StandardOutput.IsTerminal)
            return "standard output is a file or a pipe";
        if (Environment.GetEnvironmentVariable("TERM") is "dumb")
            return "TERM says that it is a dumb one";
        try
        {
            // A host without a window or without keys, such as that of a job, throws.
            _ = command.Host.UI.RawUI.WindowSize;
            _ = command.Host.UI.RawUI.KeyAvailable;
            return null;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or NotSupportedException or InvalidOperationException or IOException or NullReferenceException)
        {
            return $"the host '{command.Host.Name}' has none";
        }
    }

    /// <summary>Takes it for a command; <see cref="WhyNot"/> has said nothing.</summary>
    public static HostTerminal Open(PSCmdlet command) => new(command.Host, TerminalStyle.RenderingProperty(command));

    /// <inheritdoc/>
    public KeyStroke ReadKey()
    {
        KeyInfo key = _host.UI.RawUI.ReadKey(ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown);
        ControlKeyStates states = key.ControlKeyState;
        return new KeyStroke(
            (ConsoleKey)key.VirtualKeyCode,
            key.Character,
            (states.HasFlag(ControlKeyStates.ShiftPressed) ? ConsoleModifiers.Shift : 0)
                | ((states & (ControlKeyStates.LeftAltPressed | ControlKeyStates.RightAltPressed)) != 0 ? ConsoleModifiers.Alt : 0)
                | ((states & (ControlKeyStates.LeftCtrlPressed | ControlKeyStates.RightCtrlPressed)) != 0 ? ConsoleModifiers.Control : 0));
    }

    /// <inheritdoc/>
    public void Write(string text) => _host.UI.Write(text);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rendering is not null)
            _rendering.Value = _before;
    }
}
