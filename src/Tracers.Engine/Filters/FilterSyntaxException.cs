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

    /// <summary>The name that was perhaps meant; null for none that is near.</summary>
    public string? Nearest { get; init; }

    /// <summary>The whole text; null until the parser has put it in.</summary>
    public string? Text { get; init; }

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            string message = Problem;
            if (Nearest is not null)
                message += $" Did you mean {Nearest}?";
            if (Expected is not null)
                message += $" Expected: {Expected}.";
            return Text is null ? message : $"{message}\n{Place(Text)}";
        }
    }

    /// <summary>The same error with the text around it.</summary>
    public FilterSyntaxException In(string text) => new(Problem) { Position = Position, Length = Length, Expected = Expected, Nearest = Nearest, Text = text };

    // The text and a caret under the place.
    private string Place(string text)
    {
        int at = Math.Clamp(Position, 0, text.Length);
        int start = Math.Max(0, at - (MostShown / 2));
        int end = Math.Min(text.Length, Math.Max(start + MostShown, Math.Min(at + Length, at + MostShown)));
        string before = start > 0 ? "..." : "";
        string shown = new([.. text[start..end].Select(static c => char.IsControl(c) ? ' ' : c)]);
        string caret = new('^', Math.Clamp(Length, 1, Math.Max(1, end - at)));
        return $"  {before}{shown}{(end < text.Length ? "..." : "")}\n  {new string(' ', before.Length + at - start)}{caret}";
    }
}
