namespace Tracers.Engine.Export.Spans;

/// <summary>What a <see cref="SpanValue"/> is.</summary>
internal enum SpanValueKind : byte
{
    None,
    Number,
    Identifier,
    Text,
    List,
    Pairs,
}
