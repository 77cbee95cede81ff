using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Fields;

/// <summary>Makes fields that take nothing behind their name, and whose readers keep nothing of their own.</summary>
internal static class NewField
{
    /// <summary>A field whose value is a number; unsigned unless said otherwise.</summary>
    public static FieldInfo Number(
        string name, string description, string example, FieldReader.NumberOf read, FieldType type = FieldType.Unsigned, FieldUnit unit = FieldUnit.None, FilterNeeds needs = FilterNeeds.None) =>
        new(name, type, description, _ => new FieldReader { Type = type, Unit = unit, Needs = needs, Number = read })
        {
            Example = example,
            Unit = unit,
            Values = type == FieldType.Boolean ? static () => ["true", "false"] : null,
        };

    /// <summary>A field that is true or false.</summary>
    public static FieldInfo Boolean(string name, string description, string example, FieldReader.NumberOf read) =>
        Number(name, description, example, read, FieldType.Boolean);

    /// <summary>A field whose number goes by the type of the event; a marker has that of <paramref name="marker"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Unsigned or Boolean.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="example">A filter that uses it.</param>
    /// <param name="byType">Its value; null where there is none.</param>
    /// <param name="marker">What a marker has: what begins a span, and what ends it.</param>
    public static FieldInfo ByType(string name, FieldType type, string description, string example, Func<EventInfo, long?> byType, (long? Open, long? Close) marker) =>
        new(name, type, description, _ => new FieldReader
        {
            Type = type,
            NumberByType = byType,
            Number = (scoped in EventContext c, out long value) =>
            {
                long? known = !c.IsMarker ? byType(c.Info) : c.IsExit ? marker.Close : marker.Open;
                value = known.GetValueOrDefault();
                return known.HasValue;
            },
        })
        {
            Example = example,
            Values = type == FieldType.Boolean ? static () => ["true", "false"] : null,
        };

    /// <summary>A field whose value is text.</summary>
    public static FieldInfo Text(
        string name,
        string description,
        string example,
        FieldReader.TextOf read,
        Func<IEnumerable<string>>? values = null,
        FieldReader.NumberOf? identity = null,
        FilterNeeds needs = FilterNeeds.None) =>
        new(name, FieldType.Text, description, _ => new FieldReader { Type = FieldType.Text, Needs = needs, Text = read, Identity = identity }) { Example = example, Values = values };

    /// <summary>A field whose value is text that has to be put together.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="example">A filter that uses it.</param>
    /// <param name="build">Puts it together; false when the event has none.</param>
    /// <param name="source">What it is made of, so that it is put together once for many events; null when that can change in place.</param>
    /// <param name="needs">What the pass must keep for it.</param>
    public static FieldInfo Text(
        string name, string description, string example, MadeText.Builder build, MadeText.Source? source = null, FilterNeeds needs = FilterNeeds.None) =>
        new(name, FieldType.Text, description, _ => new FieldReader { Type = FieldType.Text, Needs = needs, Text = MadeText.Reader(build, source) }) { Example = example };

    /// <summary>A field whose value is text that has to be put together.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="example">A filter that uses it.</param>
    /// <param name="read">Makes what reads it, with a buffer of its own.</param>
    /// <param name="values">The values that it can have, where they are few and known.</param>
    public static FieldInfo BuiltText(string name, string description, string example, Func<TextBuffer, FieldReader.TextOf> read, Func<IEnumerable<string>>? values = null) =>
        new(name, FieldType.Text, description, _ => new FieldReader { Type = FieldType.Text, Text = read(new TextBuffer()) }) { Example = example, Values = values };
}
