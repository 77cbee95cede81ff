using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Fields;

/// <summary>Fields that need nothing but what reads them.</summary>
internal static class SimpleField
{
    /// <summary>Puts a text together; false when the event has none.</summary>
    public delegate bool BuildText(scoped in EventContext context, TextBuffer text);

    /// <summary>The object that a text is made of, which does not change: as long as it is the same, so is the text.</summary>
    public delegate object? SourceOf(scoped in EventContext context);

    public static FieldInfo Number(
        string name, FieldType type, string description, string example, FieldReader.NumberOf read, FieldUnit unit = FieldUnit.None, FilterNeeds needs = FilterNeeds.None) =>
        new(name, type, description, _ => new FieldReader { Type = type, Unit = unit, Needs = needs, Number = read }) { Example = example, Unit = unit };

    public static FieldInfo Text(string name, string description, string example, FieldReader.TextOf read, FieldReader.NumberOf? identity = null, FilterNeeds needs = FilterNeeds.None) =>
        new(name, FieldType.Text, description, _ => new FieldReader { Type = FieldType.Text, Needs = needs, Text = read, Identity = identity }) { Example = example };

    /// <summary>A text that is put together.</summary>
    public static FieldInfo Text(string name, string description, string example, BuildText build, SourceOf? source = null, FilterNeeds needs = FilterNeeds.None) =>
        new(name, FieldType.Text, description, _ => new FieldReader { Type = FieldType.Text, Needs = needs, Text = Built(build, source) }) { Example = example };

    /// <summary>Reads a text that is put together in a buffer of the reader's own.</summary>
    /// <param name="build">Puts it together.</param>
    /// <param name="source">What it is made of, so that it is put together once for many events; null when that can change in place.</param>
    public static FieldReader.TextOf Built(BuildText build, SourceOf? source = null)
    {
        TextBuffer buffer = new();
        object? last = null;
        bool known = false;
        return (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            object? current = source?.Invoke(in c);
            if (current is null || current != last)
            {
                buffer.Length = 0;
                known = build(in c, buffer);
                last = current;
            }

            value = known ? buffer.Written : default;
            return known;
        };
    }
}
