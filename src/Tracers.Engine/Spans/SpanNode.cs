using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>A span that is open. Linked into its thread's list and into the look-ups by key and by id; reused when it is closed.</summary>
internal sealed class SpanNode
{
    public long Id;
    public int Tags;

    /// <summary>Counts spans in the order of their beginning, from 1; 0 while the node is not in use.</summary>
    public long Sequence;

    /// <summary>When the marker was written, ns since the epoch.</summary>
    public long Start;

    /// <summary>When the closing marker was written; meaningless before.</summary>
    public long End;

    /// <summary>Parents above this one when it began. This and the parent only where spans are described, see <see cref="SpanTracker"/>.</summary>
    public int Depth;

    /// <summary>The span that this one belonged to when it began: its sequence (0 for none), id, tags and beginning.</summary>
    public long ParentSequence;

    public long ParentId;
    public int ParentTags;
    public long ParentStart;
    public ParentEvidence ParentEvidence;

    /// <summary>Sequence of the outermost of its parents: its own where it has none, 0 of an orphan. Only where spans are described.</summary>
    public long RootSequence;

    /// <summary>The parent itself, which may have been closed and even reused since this one began.</summary>
    public SpanNode? Parent;

    /// <summary>The spans inside of this one; null where spans are not described, and for an orphan.</summary>
    public SpanFamily? Family;

    /// <summary>Slot for an accounting of what is done in the span.</summary>
    public object? Work;

    /// <summary>Arguments of the opening marker as written; empty for none, or when nobody asks for them.</summary>
    public GrowingBytes Arguments;

    /// <summary>Arguments of the closing marker as written.</summary>
    public GrowingBytes EndArguments;

    // What the thread had been switched to when the span began: it is around the spans that the thread opened since.
    public long SwitchedAt;
    public SpanNode? Base;
    public long BaseSequence;

    // What events that lie in it were told, and the state of affairs at which that was so.
    public SpanRef? Ref;
    public long RefShape;

    /// <summary>Whether all of its markers so far only change the state.</summary>
    public bool IsUnshown;

    /// <summary>Slots for an export: where it holds the marker that began the span, and the beginning of the call that wrote it.</summary>
    public int Held;
    public int HeldEnter;

    // Where somebody asks for more than what threads are inside of: the opener's process, who has chosen it, and its places in lists.
    public TracedProcess? Process;
    public uint Choices;
    public OpenSpanLink? Links;

    public ThreadSpans Owner = null!;
    public ThreadIdentity Opener = null!;
    public ThreadIdentity? Closer;

    // The thread's open spans, newest at the head; the key's and the id's chains in their hash tables.
    public SpanNode? Older;
    public SpanNode? Newer;
    public SpanNode? NextOfKey;
    public SpanNode? NextOfId;
    public SpanNode? PreviousOfId;

    /// <summary>How much of it the capture holds, once it has ended or the capture has.</summary>
    public SpanState State => Start < 0 ? SpanState.Orphan : End == 0 ? SpanState.Unfinished : SpanState.Finished;

    /// <summary>The innermost of the open spans around this one; null for none.</summary>
    public SpanNode? Outer =>
        Older is { } older && older.Sequence >= SwitchedAt ? older
        : Base is { } around && around.Sequence == BaseSequence ? around
        : null;

    /// <summary>The span and those around it for events, if that was made before and still holds.</summary>
    public SpanRef? Describes(long shape) => RefShape == Owner.Shape + shape ? Ref : null;
}
