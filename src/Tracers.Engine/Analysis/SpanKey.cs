using System.Globalization;
using System.Text;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>What spans can be summed by: <c>Tag</c>, <c>Root</c>, <c>Tag[1]</c>, <c>Args.user</c>, <c>Process</c>, ...</summary>
public sealed class SpanKey : IEquatable<SpanKey>
{
    private const string ArgumentPrefix = "Args.";

    private static readonly (string Name, SpanKeyKind Kind)[] s_names =
    [
        (nameof(SpanKeyKind.Tag), SpanKeyKind.Tag),
        (nameof(SpanKeyKind.Root), SpanKeyKind.Root),
        (nameof(SpanKeyKind.Id), SpanKeyKind.Id),
        (nameof(SpanKeyKind.Process), SpanKeyKind.Process),
        (nameof(SpanKeyKind.ProcessId), SpanKeyKind.ProcessId),
        (nameof(SpanKeyKind.ThreadId), SpanKeyKind.ThreadId),
        (nameof(SpanKeyKind.State), SpanKeyKind.State),
        (nameof(SpanKeyKind.Depth), SpanKeyKind.Depth),

        // As Measure-TracerIO, the objects and sysdig call them.
        ("SpanTag", SpanKeyKind.Tag),
        ("SpanRoot", SpanKeyKind.Root),
        ("SpanId", SpanKeyKind.Id),
        ("ProcessName", SpanKeyKind.Process),
        ("span.tags", SpanKeyKind.Tag),
        ("span.id", SpanKeyKind.Id),
        ("proc.name", SpanKeyKind.Process),
        ("proc.pid", SpanKeyKind.ProcessId),
        ("thread.tid", SpanKeyKind.ThreadId),
    ];

    private static readonly string[] s_tagPrefixes = ["Tag[", "Tags[", "span.tag["];
    private static readonly string[] s_argumentPrefixes = [ArgumentPrefix, "Arguments.", "span.enterarg.", "span.arg."];

    private SpanKey(SpanKeyKind kind, string name, int index = 0, string? argument = null)
    {
        Kind = kind;
        Name = name;
        Index = index;
        Argument = argument ?? "";
        ArgumentBytes = Encoding.UTF8.GetBytes(Argument);
    }

    /// <summary>The name of the property that a row has for it.</summary>
    public string Name { get; }

    internal static SpanKey Tag { get; } = new(SpanKeyKind.Tag, nameof(SpanKeyKind.Tag));

    internal SpanKeyKind Kind { get; }

    /// <summary>Of <see cref="SpanKeyKind.TagAt"/>: which tag, from 0; negative from the end, −1 being the last.</summary>
    internal int Index { get; }

    /// <summary>Of <see cref="SpanKeyKind.Argument"/>: its name.</summary>
    internal string Argument { get; }

    internal byte[] ArgumentBytes { get; }

    /// <summary>Whether it can only be told with the arguments of the markers.</summary>
    internal bool NeedsArguments => Kind == SpanKeyKind.Argument;

    /// <summary>Reads a key, in upper or lower case; the name of an argument is taken as it is.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">There is no such key; the message lists them.</exception>
    public static SpanKey Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        string text = s.Trim();
        foreach ((string name, SpanKeyKind kind) in s_names)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
                return new SpanKey(kind, kind.ToString());
        }

        if (AfterPrefix(text, s_tagPrefixes) is [.., ']'] index
            && int.TryParse(index.AsSpan(0, index.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return new SpanKey(SpanKeyKind.TagAt, string.Create(CultureInfo.InvariantCulture, $"Tag[{number}]"), number);
        }

        if (AfterPrefix(text, s_argumentPrefixes) is { Length: > 0 } argument)
            return new SpanKey(SpanKeyKind.Argument, ArgumentPrefix + argument, argument: argument);
        throw new FormatException(
            $"Spans have no key '{text}'. Take one of Tag, Root, 'Tag[1]' (the second tag), Id, Process, ProcessId, ThreadId, State, Depth, or Args.NAME for an argument of their markers.");
    }

    /// <inheritdoc/>
    public bool Equals(SpanKey? other) => other is not null && other.Name == Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SpanKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The tag that <see cref="Index"/> means; null when there are too few.</summary>
    internal string? TagOf(TagList tags)
    {
        int at = Index < 0 ? tags.Tags.Length + Index : Index;
        return at >= 0 && at < tags.Tags.Length ? tags.Tags[at] : null;
    }

    private static string? AfterPrefix(string text, string[] prefixes)
    {
        foreach (string prefix in prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return text[prefix.Length..];
        }

        return null;
    }
}
