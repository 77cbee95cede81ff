namespace Tracers.Engine.Filters;

/// <summary>A text that is no filter: what is wrong, and where.</summary>
internal sealed class FilterSyntaxException(string problem) : Exception(problem)
{
    // A filter can be long, and a line of a terminal is not.
    private const int MostShown = 60;

    private string? _text;

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

    /// <summary>The whole text; null until that is known, see <see cref="IsIn"/>.</summary>
    public string? Text
    {
        get => _text;
        init => _text = value;
    }

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            string message = Problem;
            if (Nearest is { } nearest)
                message += $" Did you mean {nearest}?";
            if (Expected is not null)
                message += $" Expected: {Expected}.";
            return Text is null ? message : $"{message}\n{Place(Text)}";
        }
    }

    /// <summary>Says in which text it stands; for the condition of a <c>catch</c>, which so lets it pass.</summary>
    /// <returns>False.</returns>
    public bool IsIn(string text)
    {
        _text ??= text;
        return false;
    }

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
