namespace Tracers.Marks;

/// <summary>What was written about an activity that has begun.</summary>
internal sealed class ActivityMark
{
    // Its marker up to the end of its tags, with room for the kind in front.
    private readonly byte[] _head;
    private readonly int _tagsStart;
    private int _ended;

    /// <param name="owner">Who began it.</param>
    /// <param name="id">Its span's id.</param>
    /// <param name="parent">The innermost activity around it that is marked; null for none.</param>
    /// <param name="marker">Where its marker was put together, up to the end of its tags.</param>
    /// <param name="tagsStart">Where the tags begin in that.</param>
    public ActivityMark(ActivityMarks owner, ulong id, ActivityMark? parent, MarkerBuffer marker, int tagsStart)
    {
        Owner = owner;
        Id = id;
        Parent = parent;
        _head = marker.Bytes.AsSpan(0, marker.Length).ToArray();
        _tagsStart = tagsStart;
    }

    public ActivityMarks Owner { get; }

    public ulong Id { get; }

    public ActivityMark? Parent { get; }

    /// <summary>What its thread ran before it.</summary>
    public RunningSpan Before { get; set; }

    public ReadOnlySpan<byte> Head => _head;

    public ReadOnlySpan<byte> Tags => _head.AsSpan(_tagsStart);

    /// <summary>The id of the innermost activity, from this one outwards, that has not ended; 0 for none.</summary>
    public static ulong OpenIdOf(ActivityMark? mark)
    {
        while (mark is not null && Volatile.Read(ref mark._ended) != 0)
            mark = mark.Parent;
        return mark?.Id ?? 0;
    }

    /// <summary>Says that it has ended; false when that was said before.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
