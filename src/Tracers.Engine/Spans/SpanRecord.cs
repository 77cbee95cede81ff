using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>A span as it is handed out: immutable, and independent of the pass.</summary>
internal sealed class SpanRecord
{
    private readonly long _covered;

    public SpanRecord(SpanNode node, TagTable tags)
    {
        Id = node.Id;
        Tags = tags[node.Tags];
        Start = node.Start;
        End = node.End;
        Depth = node.Depth;
        Sequence = node.Sequence;
        RootSequence = node.RootSequence;
        ParentSequence = node.ParentSequence;
        ParentId = node.ParentId;
        ParentTags = node.ParentSequence == 0 ? null : tags[node.ParentTags];
        ParentEvidence = node.ParentEvidence;
        _covered = node.Family?.Covered ?? 0;
        ChildHits = node.Family?.Hits ?? 0;
        Arguments = node.Arguments.Span.ToArray();
        EndArguments = node.EndArguments.Span.ToArray();
        Opener = node.Opener;
        Closer = node.Closer;
        State = node.State;
    }

    public long Id { get; }

    public TagList Tags { get; }

    /// <summary>Nanoseconds since the epoch; −1 for an orphan.</summary>
    public long Start { get; }

    /// <summary>Nanoseconds since the epoch; 0 while it is open.</summary>
    public long End { get; }

    public SpanState State { get; }

    /// <summary>Nanoseconds, never negative: a closing marker may carry an earlier time of another cpu. Meaningful when finished.</summary>
    public long Duration => Math.Max(End - Start, 0);

    /// <summary>Nanoseconds of it in which no span was open inside of it. Meaningful when finished.</summary>
    public long SelfTime => Math.Max(Duration - _covered, 0);

    /// <summary>Spans inside of it that ended before it did, with those inside of them.</summary>
    public long ChildHits { get; }

    /// <summary>Parents above it: 0 for a span that has none.</summary>
    public int Depth { get; }

    /// <summary>Number among the spans of the capture in the order of their beginning, from 1; 0 for an orphan.</summary>
    public long Sequence { get; }

    /// <summary>That of its parent, the open span that it belonged to when it began; 0 for none.</summary>
    public long ParentSequence { get; }

    /// <summary>That of the outermost of its parents, by which the spans of a trace know each other; its own where it has none, 0 for an orphan.</summary>
    public long RootSequence { get; }

    public long ParentId { get; }

    public TagList? ParentTags { get; }

    public ParentEvidence ParentEvidence { get; }

    /// <summary>Of the opening marker, still escaped.</summary>
    public byte[] Arguments { get; }

    /// <summary>Of the closing marker, still escaped.</summary>
    public byte[] EndArguments { get; }

    /// <summary>The thread that opened it; for an orphan the one that closed it.</summary>
    public ThreadIdentity Opener { get; }

    /// <summary>The thread that closed it; null while it is open.</summary>
    public ThreadIdentity? Closer { get; }

    /// <summary>What it did and where its time went; null unless that was asked for, and for an orphan.</summary>
    public SpanWork? Work { get; init; }
}
