using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis.Spectrogram;

/// <summary>What lies in a row and a column.</summary>
/// <param name="Column">The column: −1 for what is too small for the scale, as many as the scale has for what is too large.</param>
/// <param name="Count">How many spans or calls.</param>
/// <param name="Spans">The spans, in the order in which they came; empty unless they were kept.</param>
internal readonly record struct SpectrogramCell(int Column, long Count, IReadOnlyList<SpanRecord> Spans);
