using Tracers.Engine.Pictures.Interactive;

namespace Tracers.Tests.Engine.Pictures.Interactive;

/// <summary>A terminal whose keys a test has ready, and that keeps what is written.</summary>
internal sealed class ScriptedTerminal(params IEnumerable<KeyStroke> keys) : IPictureTerminal
{
    private readonly Queue<KeyStroke> _keys = new(keys);

    public List<string> Written { get; } = [];

    public (int Width, int Height) Size { get; set; } = (80, 24);

    /// <summary>Called when there is no key to be read any more.</summary>
    public Action? WhenQuiet { get; set; }

    public bool KeyAvailable
    {
        get
        {
            if (_keys.Count == 0)
                WhenQuiet?.Invoke();
            return _keys.Count > 0;
        }
    }

    public static KeyStroke Key(ConsoleKey key) => new(key, '\0');

    public static IEnumerable<KeyStroke> Keys(string characters) => characters.Select(static c => new KeyStroke(c == '\u001b' ? ConsoleKey.Escape : ConsoleKey.None, c));

    public KeyStroke ReadKey() => _keys.Dequeue();

    public void Write(string text) => Written.Add(text);
}
