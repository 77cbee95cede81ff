namespace Tracers.Engine.Analysis.Traces;

/// <summary>A stretch of a trace's longest path: what the trace waited for from here to there was this span and none inside of it.</summary>
/// <param name="Node">The span.</param>
/// <param name="Start">Nanoseconds since the epoch.</param>
/// <param name="End">Nanoseconds since the epoch, after <paramref name="Start"/>.</param>
internal readonly record struct PathSection(TraceNode Node, long Start, long End)
{
    /// <summary>Nanoseconds.</summary>
    public long Length => End - Start;
}
