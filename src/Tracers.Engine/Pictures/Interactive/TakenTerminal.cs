using System.Runtime.InteropServices;

namespace Tracers.Engine.Pictures.Interactive;

/// <summary>A terminal whose other screen, cursor and mouse are taken. It is given back when this is disposed of, and before a signal ends the process.</summary>
internal sealed class TakenTerminal : IDisposable
{
    // The other screen, without a cursor; buttons and movements with a button pressed, in decimal.
    private const string Begin = "\u001b[?1049h\u001b[?25l\u001b[?1000h\u001b[?1002h\u001b[?1006h\u001b[2J";
    private const string End = "\u001b[?1006l\u001b[?1002l\u001b[?1000l\u001b[0m\u001b[?25h\u001b[?1049l";

    // A terminal that takes nothing, such as one that Ctrl+S has stopped, is not to keep the process from ending.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly IPictureTerminal _terminal;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _writing = new();
    private bool _isGivenBack;

    /// <param name="terminal">What is taken.</param>
    public TakenTerminal(IPictureTerminal terminal)
    {
        _terminal = terminal;
        try
        {
            // These end the process without a word to the thread that draws: Ctrl+\, a connection that is gone, kill.
            foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGQUIT, PosixSignal.SIGHUP, PosixSignal.SIGTERM])
                _signals.Add(PosixSignalRegistration.Create(signal, _ => GiveBackInTime()));

            // Ctrl+Z would leave the shell's prompt on the other screen, with the mouse typing there; it does nothing.
            if (!OperatingSystem.IsWindows())
                _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTSTP, static context => context.Cancel = true));
            Write(Begin);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes to it, unless it is given back.</summary>
    public void Write(string text)
    {
        lock (_writing)
        {
            if (!_isGivenBack)
                _terminal.Write(text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        GiveBack();
    }

    // The process ends behind this, whatever becomes of the terminal: it may be the one that is gone.
    private void GiveBackInTime()
    {
        try
        {
            Task.Run(GiveBack).Wait(s_patience);
        }
        catch (AggregateException)
        {
        }
    }

    private void GiveBack()
    {
        lock (_writing)
        {
            if (!_isGivenBack)
                _terminal.Write(End);
            _isGivenBack = true;
        }
    }
}
