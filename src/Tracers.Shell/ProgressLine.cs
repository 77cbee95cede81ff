using System.Diagnostics;
using System.Management.Automation;

namespace Tracers.Shell;

/// <summary>One line of progress at the bottom of a terminal; nothing at all when nobody looks at one.</summary>
internal sealed class ProgressLine
{
    private const string Erase = "\r\u001b[K";
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _writer;
    private readonly Terminal _terminal;
    private long _lastDrawn;
    private bool _drawn;

    /// <summary>Chooses the stream to draw on: standard error if it is a terminal, otherwise standard output if that is one.</summary>
    public ProgressLine(Terminal terminal, ShellOutput output)
    {
        _terminal = terminal;
        if (terminal.Plain)
            return;

        if (!terminal.ErrorRedirected)
            _writer = output.Error;
        else if (!terminal.OutputRedirected)
            _writer = output.Out;
    }

    /// <summary>Shows a record, at most ten times a second.</summary>
    public void Show(ProgressRecord record)
    {
        if (_writer is null)
            return;

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Remove();
            return;
        }

        if (_drawn && Stopwatch.GetElapsedTime(_lastDrawn) < s_interval)
            return;

        string text = Describe(record);
        int room = Math.Max(1, ColumnsFor() - 1);
        _writer.Write(Erase + (text.Length > room ? text[..room] : text));
        _lastDrawn = Stopwatch.GetTimestamp();
        _drawn = true;
    }

    /// <summary>Takes the line away, before anything else is written.</summary>
    public void Remove()
    {
        if (!_drawn)
            return;

        _writer!.Write(Erase);
        _drawn = false;
    }

    /// <summary>Puts a record into one line: activity, status, percent, what is being done, and the time left.</summary>
    internal static string Describe(ProgressRecord record)
    {
        var parts = new List<string>(5) { record.Activity };
        if (!string.IsNullOrWhiteSpace(record.StatusDescription))
            parts.Add(record.StatusDescription);
        if (record.PercentComplete >= 0)
            parts.Add($"{record.PercentComplete} %");
        if (record.SecondsRemaining >= 0)
            parts.Add($"{TimeSpan.FromSeconds(record.SecondsRemaining):hh\\:mm\\:ss} left");
        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
            parts.Add(record.CurrentOperation);
        return string.Join("  ", parts).ReplaceLineEndings(" ");
    }

    private int ColumnsFor() => _terminal.OutputRedirected && !_terminal.ErrorRedirected
        ? Math.Max(Console.WindowWidth, 1)
        : _terminal.Width;
}
