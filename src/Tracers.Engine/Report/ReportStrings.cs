namespace Tracers.Engine.Report;

/// <summary>Numbers the texts of a report, each of which stands in it once; 0 is the empty text.</summary>
internal sealed class ReportStrings
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _texts = [""];

    /// <summary>The texts by number.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The number of a text, cut where it is too long.</summary>
    /// <param name="text">The text; null is the empty one.</param>
    public int NumberOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        string cut = ReportText.Cut(text);
        if (_numbers.TryGetValue(cut, out int number))
            return number;
        number = _texts.Count;
        _texts.Add(cut);
        _numbers.Add(cut, number);
        return number;
    }
}
