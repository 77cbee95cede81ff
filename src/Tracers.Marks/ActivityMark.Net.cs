using System.Diagnostics;

namespace Tracers.Marks;

/// <summary>The span of an activity that has begun.</summary>
internal sealed class ActivityMark
{
    // Its marker up to the end of its tags, with room for the kind in front; null while none was written.
    private byte[]? _head;
    private int _tagsStart;
    private ActivityDetails? _details;
    private int _ended;

    /// <param name="owner">Who began it.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="tag">The tag that it has for itself.</param>
    /// <param name="parent">The innermost activity around it that is marked; null for none.</param>
    public ActivityMark(ActivityMarks owner, Activity activity, string tag, ActivityMark? parent)
    {
        Owner = owner;
        Activity = activity;
        Tag = tag;
        Id = ActivityIds.Of(activity);
        Parent = parent;
    }

    public ActivityMarks Owner { get; }

    public Activity Activity { get; }

    public string Tag { get; }

    public ulong Id { get; }

    public ActivityMark? Parent { get; }

    /// <summary>What the thread that opened it ran before.</summary>
    public RunningSpan Before { get; private set; }

    /// <summary>Whether its opening marker is still to be written.</summary>
    public bool IsWaiting => Volatile.Read(ref _head) is null && !HasEnded;

    /// <summary>Whether a thread that goes on with its work writes it.</summary>
    public bool IsReady { get; set; }

    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    public ReadOnlySpan<byte> Head => _head;

    public ReadOnlySpan<byte> Tags => _head.AsSpan(_tagsStart);

    /// <summary>What else is known of it; nothing after its end.</summary>
    public ActivityDetails? Details
    {
        get => Volatile.Read(ref _details);
        set => Volatile.Write(ref _details, value);
    }

    /// <summary>The id of the innermost activity, from this one outwards, that has not ended; 0 for none.</summary>
    public static ulong OpenIdOf(ActivityMark? mark)
    {
        while (mark is not null && mark.HasEnded)
            mark = mark.Parent;
        return mark?.Id ?? 0;
    }

    /// <summary>The innermost, from this one outwards, of which a marker was written; null for none.</summary>
    public static ActivityMark? WrittenOf(ActivityMark? mark)
    {
        while (mark is not null && mark._head is null)
            mark = mark.Parent;
        return mark;
    }

    /// <summary>Says that its opening marker was written.</summary>
    /// <param name="marker">Where it was put together.</param>
    /// <param name="tagsStart">Where the tags begin in that.</param>
    /// <param name="tagsEnd">Where they end.</param>
    /// <param name="before">What its thread ran before.</param>
    public void SetWritten(MarkerBuffer marker, int tagsStart, int tagsEnd, RunningSpan before)
    {
        _tagsStart = tagsStart;
        Before = before;
        Volatile.Write(ref _head, marker.Bytes.AsSpan(0, tagsEnd).ToArray());
    }

    /// <summary>Says that it has ended; false when that was said before.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
