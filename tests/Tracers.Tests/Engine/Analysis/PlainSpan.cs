using Tracers.Engine.Analysis;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>A span of the plain accounting.</summary>
internal sealed class PlainSpan(long sequence, PlainSpan? parent)
{
    public long Sequence => sequence;

    public long[] Own { get; } = new long[WorkVector.Length];

    public long[] Inclusive { get; } = new long[WorkVector.Length];

    /// <summary>Whether it is a span or inside of it: through its parents, open or not.</summary>
    public bool IsInside(PlainSpan other) => this == other || parent?.IsInside(other) == true;
}
