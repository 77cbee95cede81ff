namespace Tracers.Engine.Filters;

/// <summary>A text that is no filter: what is wrong, and where.</summary>
internal sealed class FilterSyntaxException(string problem) : Exception(problem)
{
    // A filter can be long, and a line of a terminal is not.
    private const int MostShown = 60;

    /// <summary>What is wrong, as a sentence.</summary>
    public string Problem { get; } = problem;

    /// <summary>Where it begins: characters from the start of the text.</summary>
    public int Position { get; init; }

    /// <summary>How many characters are wrong; 0 where something is missing.</summary>
    public int Length { get; init; }

    /// <summary>What could stand there; null where that is not a short list.</summary>
    public string? Expected { get; init; }

    /// <summary>Looks for the name that was perhaps meant: only when somebody reads the error, since there are many names. Null where there is nothing to look for.</summary>
    public Func<string?>? FindNearest { get; init; }

    /// <summary>The name that was perhaps meant; null for none that is near.</summary>
    public string? Nearest => FindNearest?.Invoke();

    /// <summary>The whole text; null until somebody has it who catches this.</summary>
    public string? Text { get; set; }

    /// <inheritdoc/>
    public override string Message => Text is null ? Advice : $"{Advice}\n{Place(Text)}";

    /// <summary>The message for where lines are not kept apart: a sign in the text stands for the caret under it.</summary>
    public string OneLine => Text is null ? Advice : $"{Advice} The place is before <-- HERE: {Marked(Text)}";

    private string Advice
    {
        get
        {
            string message = Problem;
            if (Nearest is { } nearest)
                message += $" Did you mean {nearest}?";
            return Expected is null ? message : $"{message} Expected: {Expected}.";
        }
    }

    // The text and a caret under the place.
    private string Place(string text)
    {
        (int start, int at, int end) = Shown(text);
        string before = Before(start);
        string caret = new('^', Math.Clamp(Length, 1, Math.Max(1, end - at)));
        return $"  {before}{Printable(text[start..end])}{After(text, end)}\n  {new string(' ', before.Length + at - start)}{caret}";
    }

    private string Marked(string text)
    {
        (int start, int at, int end) = Shown(text);
        int behind = Math.Min(at + Length, end);
        string rest = Printable(text[behind..end]);
        string blank = rest.Length == 0 || rest[0] == ' ' ? "" : " ";
        return $"{Before(start)}{Printable(text[start..behind])} <-- HERE{blank}{rest}{After(text, end)}";
    }

    private (int Start, int At, int End) Shown(string text)
    {
        int at = Math.Clamp(Position, 0, text.Length);
        int start = Math.Max(0, at - (MostShown / 2));
        int end = Math.Min(text.Length, Math.Max(start + MostShown, Math.Min(at + Length, at + MostShown)));
        return (start, at, end);
    }

    private static string Before(int start) => start > 0 ? "..." : "";

    private static string After(string text, int end) => end < text.Length ? "..." : "";

    private static string Printable(string text) => new([.. text.Select(static c => char.IsControl(c) ? ' ' : c)]);
}
