using Tracers.Engine.Filters;

namespace Tracers.Engine.Analysis;

/// <summary>What the rows of a table are told apart by: one of the short names, a field of the filter language, or the time.</summary>
internal sealed record RowKey
{
    /// <summary>The name of the key that <see cref="Every"/> makes.</summary>
    public const string IntervalName = "IntervalStart";

    // The fields of the spans around an event.
    private const string SpanClass = "evtin.";

    // Of the fields that mean just what a short name does; the short name's way is the faster one.
    private static readonly Dictionary<string, IoKey> s_shortNames = new(StringComparer.Ordinal)
    {
        ["proc.name"] = IoKey.ProcessName,
    };

    // As Measure-TracerSpan calls them.
    private static readonly Dictionary<string, IoKey> s_spanNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Tag"] = IoKey.SpanTag,
        ["Root"] = IoKey.SpanRoot,
    };

    private RowKey(string name) => Name = name;

    /// <summary>As it was written, or the short name as it is spelled.</summary>
    public string Name { get; }

    /// <summary>The short name; null for a field and for the time.</summary>
    public IoKey? Known { get; private init; }

    /// <summary>What reads the field; null for a short name and for the time. A field that means what a short name does has both.</summary>
    public FieldReader? Reader { get; private init; }

    /// <summary>Nanoseconds that a row covers, counted from the first event of the capture; 0 for what is no key by time.</summary>
    public long Interval { get; private init; }

    /// <summary>What the number that is its value counts.</summary>
    public FieldUnit Unit => Interval > 0 ? FieldUnit.Moment : Reader?.Unit ?? FieldUnit.None;

    /// <summary>Whether its value is that of the span that a call lies in, so that there is none outside of spans.</summary>
    public bool IsOfSpan { get; private init; }

    /// <summary>Whether events that were handed out know its value, without the capture that they are of.</summary>
    public bool IsKnownToRecords => Known is not null;

    public static implicit operator RowKey(IoKey key) =>
        new(key.ToString()) { Known = key, IsOfSpan = key is IoKey.SpanTag or IoKey.SpanRoot or IoKey.SpanId };

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>A key by time.</summary>
    /// <param name="interval">Nanoseconds, at least 1.</param>
    public static RowKey Every(long interval) => new(IntervalName) { Interval = interval };

    /// <summary>Reads a short name, in any case, or a field.</summary>
    /// <exception cref="FilterSyntaxException">It is neither.</exception>
    public static RowKey Parse(string text)
    {
        string[] names = Enum.GetNames<IoKey>();
        if (Array.Find(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<IoKey>(name);
        if (s_spanNames.TryGetValue(text, out IoKey spanKey))
            return spanKey;
        if (!text.Contains('.', StringComparison.Ordinal))
            throw new FilterSyntaxException($"There is no key '{text}'.") { FindNearest = () => NearestName.Of(text, names), Expected = $"{string.Join(' ', names)}, or a field such as proc.pid" };
        return new RowKey(text)
        {
            Reader = FieldCatalogue.ReaderOf(text),
            Known = s_shortNames.TryGetValue(text, out IoKey known) ? known : null,
            IsOfSpan = text.StartsWith(SpanClass, StringComparison.Ordinal),
        };
    }
}
