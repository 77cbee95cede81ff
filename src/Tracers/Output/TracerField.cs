using Tracers.Engine.Filters;

namespace Tracers;

/// <summary>A field of the filter language: what <c>-Filter</c> compares, <c>-By</c> sums by and <c>-Property</c> shows.</summary>
public sealed class TracerField
{
    // What the other columns of the view leave of 120.
    private const int DescriptionWidth = 61;

    private readonly FieldInfo _field;

    internal TracerField(FieldInfo field) => _field = field;

    /// <summary>Its name, without what may stand behind it: <c>span.tag</c>.</summary>
    public string Name => _field.Name;

    /// <summary>What stands before the first dot: <c>proc</c>.</summary>
    public string Class => _field.Class;

    /// <summary>What kind of value it has: number, unsigned, real, boolean, text, bytes, port, address or network.</summary>
    public string Type => _field.Type == FieldType.Buffer ? "bytes" : _field.Type.ToString().ToLowerInvariant();

    /// <summary>What its number counts, such as ns or KB; <c>time</c> for a moment; null where that is just a number, or no number.</summary>
    public string? Unit => _field.Unit switch
    {
        FieldUnit.None => null,
        FieldUnit.Nanoseconds => "ns",
        FieldUnit.Seconds => "s",
        FieldUnit.Milliseconds => "ms",
        FieldUnit.Moment => "time",
        FieldUnit.Bytes => "B",
        FieldUnit.Kilobytes => "KB",
        FieldUnit.Percent => "%",
        _ => _field.Unit.ToString().ToLowerInvariant(),
    };

    /// <summary>What stands behind the name to say which of several values is meant: <c>[index]</c>, <c>.name</c>, ...; in brackets of its own where it can be left out; null where nothing can.</summary>
    public string? Argument => _field.Argument switch
    {
        FieldArgument.None => null,
        FieldArgument.Index => "[index]",
        FieldArgument.OptionalIndex => "([index])",
        FieldArgument.Name => ".name",
        FieldArgument.IndexOrName => "[index] or .name",
        _ => "[text]",
    };

    /// <summary>Whether it only can be compared in a filter, for it stands for several values at once.</summary>
    public bool FilterOnly => _field.FilterOnly;

    /// <summary>What it is, and when there is none.</summary>
    public string Description => _field.Description;

    /// <summary>A filter that uses it.</summary>
    public string Example => _field.Example;

    /// <summary>The values that it can have, where they are few and known; empty where not.</summary>
    public IReadOnlyList<string> Values => [.. _field.Values?.Invoke() ?? []];

    /// <summary>A property as the view shows it: the description in lines that end between words.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(Description) => Views.Lines(Description, DescriptionWidth),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
