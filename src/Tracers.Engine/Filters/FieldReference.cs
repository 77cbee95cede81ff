namespace Tracers.Engine.Filters;

/// <summary>A field as somebody named it: <c>span.tag[-1]</c>, <c>evt.arg.fd</c>.</summary>
/// <param name="Field">The field.</param>
/// <param name="Text">All of it, as it was written.</param>
/// <param name="Index">The number in brackets; null for none.</param>
/// <param name="Name">The name behind the dot, or the text in brackets that is no number; null for none.</param>
internal sealed record FieldReference(FieldInfo Field, string Text, int? Index, string? Name)
{
    /// <summary>Where it stands in a filter, for errors that its reader finds.</summary>
    public int Position { get; init; }

    /// <summary>The error for an argument that the field cannot do anything with.</summary>
    /// <param name="problem">What is wrong and what is expected, as a sentence.</param>
    public FilterSyntaxException Wrong(string problem) => new(problem) { Position = Position, Length = Text.Length };
}
