using System.Globalization;
using System.Text;

namespace Tracers.Engine.Pictures.Interactive;

/// <summary>Makes keys and movements of the mouse out of what a host reads from a terminal.</summary>
/// <remarks>
/// Hosts know the keys of the terminal's description; the rest of what it sends (the mouse, and in some terminals keys with Shift) comes character by character.
/// Where an escape character stands alone only the time tells: after it has been quiet for a while, <see cref="Flush"/> is to be called.
/// </remarks>
internal sealed class TerminalInputDecoder
{
    private const char Escape = '\u001b';

    // The longest that means something is far shorter; a stream of digits must not collect for ever.
    private const int LongestSequence = 32;

    private static readonly KeyStroke s_escape = new(ConsoleKey.Escape, Escape);

    private readonly StringBuilder _sequence = new();

    /// <summary>Whether the next key may belong to those before it.</summary>
    public bool IsPending => _sequence.Length > 0;

    /// <summary>Takes a key.</summary>
    /// <returns>What is complete with it, in order; nothing while it may be part of something.</returns>
    public IEnumerable<TerminalInput> Feed(KeyStroke stroke)
    {
        if (_sequence.Length == 0)
            return Begin(stroke);
        if (_sequence.Length == 1 && stroke.Character is not ('[' or 'O'))
        {
            // It was the key Esc, and this is another one.
            _sequence.Clear();
            return [new TerminalInput(s_escape), .. Begin(stroke)];
        }

        if (stroke.Character is < ' ' or > '~')
        {
            // No sequence has that: what was there is given up, and this begins anew.
            _sequence.Clear();
            return Begin(stroke);
        }

        _sequence.Append(stroke.Character);
        if (_sequence.Length > 2 && stroke.Character is >= '@' and <= '~')
            return End();
        if (_sequence.Length > LongestSequence)
            _sequence.Clear();
        return [];
    }

    /// <summary>Nothing more came for a while: an escape character that stands alone is the key.</summary>
    public IEnumerable<TerminalInput> Flush()
    {
        bool isKey = _sequence.Length == 1;
        _sequence.Clear();
        return isKey ? [new TerminalInput(s_escape)] : [];
    }

    private TerminalInput[] Begin(KeyStroke stroke)
    {
        if (stroke.Character == Escape)
        {
            _sequence.Append(Escape);
            return [];
        }

        // A host that reads an escape character and a bracket at once takes them for Alt and the bracket, and may not even say that.
        if (stroke.Character == '[')
        {
            _sequence.Append(Escape).Append('[');
            return [];
        }

        return [new TerminalInput(stroke)];
    }

    private TerminalInput[] End()
    {
        string text = _sequence.ToString();
        _sequence.Clear();
        if (text[2] == '<')
            return Mouse(text[3..^1], isRelease: text[^1] == 'm') is { } mouse ? [mouse] : [];
        return KeyOf(text[2..^1], text[^1]) is { } key ? [new TerminalInput(key)] : [];
    }

    // Button, column and line in decimal (xterm, SGR extended coordinates). 32 is added for a movement, 4, 8 and 16 for keys that are held down.
    private static TerminalInput? Mouse(string parameters, bool isRelease)
    {
        string[] parts = parameters.Split(';');
        if (parts.Length != 3 || !TryRead(parts[0], out int button) || !TryRead(parts[1], out int x) || !TryRead(parts[2], out int y) || x < 1 || y < 1)
            return null;
        MouseAction action = (button & ~0b1_1100) switch
        {
            0 => isRelease ? MouseAction.Release : MouseAction.Press,
            32 => MouseAction.Drag,
            64 => MouseAction.WheelUp,
            65 => MouseAction.WheelDown,
            _ => MouseAction.None,
        };
        return action == MouseAction.None ? null : new TerminalInput(default, action, x - 1, y - 1);
    }

    private static KeyStroke? KeyOf(string parameters, char final)
    {
        string[] parts = parameters.Split(';');
        ConsoleKey? key = final switch
        {
            'A' => ConsoleKey.UpArrow,
            'B' => ConsoleKey.DownArrow,
            'C' => ConsoleKey.RightArrow,
            'D' => ConsoleKey.LeftArrow,
            'H' => ConsoleKey.Home,
            'F' => ConsoleKey.End,
            '~' => parts[0] switch
            {
                "1" or "7" => ConsoleKey.Home,
                "4" or "8" => ConsoleKey.End,
                "5" => ConsoleKey.PageUp,
                "6" => ConsoleKey.PageDown,
                "21" => ConsoleKey.F10,
                _ => null,
            },
            _ => null,
        };
        if (key is not { } known)
            return null;

        // One more than the sum of 1 for Shift, 2 for Alt and 4 for Ctrl.
        int held = parts.Length > 1 && TryRead(parts[1], out int modifier) ? modifier - 1 : 0;
        ConsoleModifiers modifiers = ((held & 1) != 0 ? ConsoleModifiers.Shift : 0) | ((held & 2) != 0 ? ConsoleModifiers.Alt : 0) | ((held & 4) != 0 ? ConsoleModifiers.Control : 0);
        return new KeyStroke(known, '\0', modifiers);
    }

    private static bool TryRead(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
