namespace Tracers.Engine.Analysis.Spectrogram;

/// <summary>An interval in which there is something.</summary>
/// <param name="Number">Its number among the intervals since the epoch.</param>
/// <param name="Start">When it begins, ns since the epoch: what happens at this very moment is in the row before.</param>
/// <param name="End">When it ends, ns since the epoch: what happens at this very moment is in this row.</param>
/// <param name="Cells">Its cells that are not empty, from left to right.</param>
internal sealed record SpectrogramRow(long Number, long Start, long End, IReadOnlyList<SpectrogramCell> Cells);
