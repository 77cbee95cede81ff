namespace Tracers.Engine.Export.Spans;

/// <summary>A value of a column: a number, a text, or several texts; the default value is none.</summary>
internal readonly struct SpanValue
{
    private SpanValue(SpanValueKind kind, long number, object? texts)
    {
        Kind = kind;
        Number = number;
        Texts = texts;
    }

    public SpanValueKind Kind { get; }

    /// <summary>Of a number or an identifier.</summary>
    public long Number { get; }

    /// <summary>A string, an array of strings or an array of pairs.</summary>
    public object? Texts { get; }

    /// <summary>Whether there is one, and more than an empty list.</summary>
    public bool HasValue => Kind != SpanValueKind.None && Texts is not Array { Length: 0 };

    public static SpanValue Of(long? number) => number is { } known ? new(SpanValueKind.Number, known, null) : default;

    public static SpanValue Of(string? text) => text is null ? default : new(SpanValueKind.Text, 0, text);

    public static SpanValue Of(string[] list) => new(SpanValueKind.List, 0, list);

    /// <summary>Names and values; of a name that stands twice the last value counts.</summary>
    public static SpanValue Of(KeyValuePair<string, string>[] pairs) => new(SpanValueKind.Pairs, 0, pairs);

    /// <summary>A number that names something: programs that keep numbers as doubles must not round it.</summary>
    public static SpanValue Identifier(long id) => new(SpanValueKind.Identifier, id, null);
}
