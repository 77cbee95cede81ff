using System.Globalization;
using System.Management.Automation.Internal;
using System.Text;

namespace Tracers.Shell;

/// <summary>Reads one line from a terminal with editing, history and completion.</summary>
internal sealed class LineReader(Terminal terminal, ShellOutput output)
{
    private readonly LineHistory _history = new();
    private string _prompt = "";
    private int _promptWidth;
    private int _cursorRow;

    /// <summary>Gets or sets what Tab does; nothing when null.</summary>
    public LineCompleter? Completer { get; set; }

    /// <summary>Reads a line.</summary>
    /// <param name="prompt">What stands before it.</param>
    /// <param name="remember">Whether the line goes to the history.</param>
    /// <param name="line">The line; empty after Ctrl+C.</param>
    /// <returns>How the line ended.</returns>
    public LineEnd Read(string prompt, bool remember, out string line)
    {
        int lastBreak = prompt.LastIndexOf('\n');
        output.Out.Write(prompt[..(lastBreak + 1)]);
        _prompt = prompt[(lastBreak + 1)..];
        _promptWidth = new StringDecorated(_prompt).ContentLength;
        _cursorRow = 0;

        // As input, so that Ctrl+C drops the line and does not reach the signal handler.
        Console.TreatControlCAsInput = true;
        try
        {
            var buffer = new LineBuffer();
            Draw(buffer);
            LineEnd end;
            while ((end = Handle(Console.ReadKey(intercept: true), buffer)) == LineEnd.None)
                Draw(buffer);

            buffer.End();
            Draw(buffer);
            output.Out.Write(end == LineEnd.Cancelled ? "^C" + Environment.NewLine : Environment.NewLine);
            line = end == LineEnd.Entered ? buffer.Text : "";
            if (remember && end == LineEnd.Entered)
                _history.Add(line);
            return end;
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private LineEnd Handle(ConsoleKeyInfo key, LineBuffer buffer)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            Completer?.Complete(buffer, forward: (key.Modifiers & ConsoleModifiers.Shift) == 0);
            return LineEnd.None;
        }

        Completer?.Reset();
        if ((key.Modifiers & ConsoleModifiers.Control) != 0)
            return HandleControl(key.Key, buffer);

        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return LineEnd.Entered;
            case ConsoleKey.Backspace:
                buffer.Backspace();
                break;
            case ConsoleKey.Delete:
                buffer.Delete();
                break;
            case ConsoleKey.LeftArrow:
                buffer.Move(-1);
                break;
            case ConsoleKey.RightArrow:
                buffer.Move(1);
                break;
            case ConsoleKey.Home:
                buffer.Home();
                break;
            case ConsoleKey.End:
                buffer.End();
                break;
            case ConsoleKey.UpArrow:
                buffer.Set(_history.Previous(buffer.Text));
                break;
            case ConsoleKey.DownArrow:
                buffer.Set(_history.Next(buffer.Text));
                break;
            case ConsoleKey.Escape:
                buffer.Set("");
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    buffer.Insert(key.KeyChar);
                break;
        }

        return LineEnd.None;
    }

    private LineEnd HandleControl(ConsoleKey key, LineBuffer buffer)
    {
        switch (key)
        {
            case ConsoleKey.C:
                return LineEnd.Cancelled;
            case ConsoleKey.D when buffer.Text.Length == 0:
                return LineEnd.EndOfInput;
            case ConsoleKey.D:
                buffer.Delete();
                break;
            case ConsoleKey.L:
                output.Out.Write("\u001b[H\u001b[2J");
                _cursorRow = 0;
                break;
            case ConsoleKey.A:
                buffer.Home();
                break;
            case ConsoleKey.E:
                buffer.End();
                break;
            case ConsoleKey.U:
                buffer.DeleteToStart();
                break;
            case ConsoleKey.K:
                buffer.DeleteToEnd();
                break;
            case ConsoleKey.H:
                buffer.Backspace();
                break;
            case ConsoleKey.J or ConsoleKey.M:
                return LineEnd.Entered;
        }

        return LineEnd.None;
    }

    // The whole line is drawn again at every key; it may take several rows of the terminal.
    private void Draw(LineBuffer buffer)
    {
        int width = terminal.Width;
        int end = _promptWidth + buffer.Text.Length;
        int cursor = _promptWidth + buffer.Cursor;
        var text = new StringBuilder();
        if (_cursorRow > 0)
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{_cursorRow}A");
        text.Append('\r').Append(_prompt).Append(buffer.Text);

        // A terminal waits with the wrap until the next character: this makes the last column wrap now.
        if (end % width == 0)
            text.Append(" \r");
        text.Append("\u001b[J");
        if (end / width > cursor / width)
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{(end / width) - (cursor / width)}A");
        text.Append(CultureInfo.InvariantCulture, $"\u001b[{(cursor % width) + 1}G");
        _cursorRow = cursor / width;
        output.Out.Write(text.ToString());
    }
}
