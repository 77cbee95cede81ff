using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Pairs markers into spans: any number may be open, on any thread, closed by any other.</summary>
internal sealed partial class SpanTracker
{
    private SpanNode?[] _byKey = new SpanNode?[256];

    // Only switch markers and parent= look spans up by id alone; without one this table is never made.
    private SpanNode?[]? _byId;
    private SpanNode? _free;
    private long _sequence;

    // Both only matter to what events are told. A span that a thread was switched to may hold the work of several.
    private bool _switches;
    private long _shape;

    /// <param name="describes">The first value of <see cref="Describes"/>.</param>
    public SpanTracker(bool describes) => Describes = describes;

    /// <summary>Whether spans will be asked for their arguments and parents, and not only for what work they hold. To be set before the first marker.</summary>
    public bool Describes { get; set; }

    public TagTable Tags { get; } = new();

    public int OpenCount { get; private set; }

    /// <summary>Spans that are open, oldest first.</summary>
    public IEnumerable<SpanNode> Open
    {
        get
        {
            List<SpanNode> open = new(OpenCount);
            foreach (SpanNode? head in _byKey)
            {
                for (SpanNode? node = head; node is not null; node = node.NextOfKey)
                    open.Add(node);
            }

            open.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
            return open;
        }
    }

    /// <summary>The open spans around a thread's work, innermost first; null for none. Later changes do not touch them.</summary>
    public SpanRef? OpenSpansOf(TracedThread thread) => (thread.Spans as ThreadSpans)?.OpenSpans(Tags, _shape);

    /// <summary>The span that a thread's work belongs to; null for none.</summary>
    public static SpanNode? InnermostOf(TracedThread thread) => (thread.Spans as ThreadSpans)?.Innermost;

    /// <summary>Applies a valid marker.</summary>
    /// <returns>For a closing marker the span it ends, to be handed back with <see cref="Release"/>; an orphan has <see cref="SpanNode.Start"/> −1. Null otherwise.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SpanNode? Apply(in Marker marker, TracedThread thread, long timestamp)
    {
        if (_watchers.Length != 0)
            TellOfMarker(thread);
        switch (marker.Kind)
        {
            case MarkerKind.Open:
                Begin(in marker, thread, timestamp);
                return null;
            case MarkerKind.Close:
                return Finish(in marker, thread, timestamp);
            default:
                Switch(marker.Id, thread);
                return null;
        }
    }

    /// <summary>Takes back a node that <see cref="Apply"/> returned; nobody may hold it any longer.</summary>
    [MethodImpl(HotPath.Compile)]
    public void Release(SpanNode node)
    {
        node.Sequence = 0;
        node.Arguments.Clear();
        node.EndArguments.Clear();
        node.Owner = null!;
        node.Older = null;
        node.Process = null;
        node.Choices = 0;
        node.Opener = null!;
        node.Closer = null;
        node.IsUnshown = false;
        node.Held = 0;
        node.HeldEnter = 0;
        node.Parent = null;
        node.Work = null;
        if (node.Family is { IsFree: false })
            node.Family = null;
        node.Base = null;
        node.Ref = null;
        node.NextOfKey = _free;
        _free = node;
    }

    /// <summary>Forgets all open spans: a new section begins. Tags keep their numbers.</summary>
    public void Clear()
    {
        if (OpenCount > 0)
            _byKey = new SpanNode?[256];
        _byId = null;
        OpenCount = 0;
        if (_watchers.Length != 0)
            ClearWatchers();
    }

    /// <summary>What a thread is inside of, as an object of its own from now on.</summary>
    public static ThreadSpans SpansOf(TracedThread thread)
    {
        if (thread.Spans is ThreadSpans known)
            return known;
        ThreadSpans fresh = new();
        thread.Spans = fresh;
        return fresh;
    }

    private static uint KeyHash(long id, int tags)
    {
        // Each by its own odd factor: programs that give all spans one id must not meet in one bucket, nor those with one tag list.
        ulong hash = ((ulong)id * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)tags * 0xC2B2AE3D27D4EB4F);
        return (uint)(hash >> 32);
    }

    private void Switch(long id, TracedThread thread)
    {
        _switches = true;
        SpansOf(thread).SwitchTo(id == 0 ? null : FindById(id), _sequence);
    }

    [MethodImpl(HotPath.Compile)]
    private void Begin(in Marker marker, TracedThread thread, long timestamp)
    {
        ThreadSpans owner = SpansOf(thread);
        SpanNode node = _free ?? new SpanNode();
        _free = node.NextOfKey;

        node.Id = marker.Id;
        node.Tags = Tags.Intern(marker.Tags);
        node.Sequence = ++_sequence;
        node.Start = timestamp;
        node.Opener = thread.Identity;
        if (Describes)
        {
            if (!marker.Arguments.IsEmpty)
                node.Arguments.Set(marker.Arguments);
            SetParent(node, FindParent(node, owner.Innermost, out ParentEvidence evidence), evidence);
            (node.Family ??= new SpanFamily()).Open(node.Parent?.Family, timestamp);
        }

        node.SwitchedAt = owner.SwitchedAt;
        if (owner.SwitchedAt != 0)
        {
            node.Base = owner.Switched;
            node.BaseSequence = node.Base?.Sequence ?? 0;
        }

        node.Owner = owner;
        node.Older = owner.Newest;
        node.Newer = null;
        if (owner.Newest is { } older)
            older.Newer = node;
        owner.Newest = node;

        if (OpenCount >= _byKey.Length)
            GrowKeys();
        ref SpanNode? head = ref _byKey[KeyHash(node.Id, node.Tags) & (uint)(_byKey.Length - 1)];
        node.NextOfKey = head;
        head = node;
        OpenCount++;

        if (_byId is not null)
            AddById(node);
        if (_watchers.Length != 0)
            TellOfBegin(node, thread);
    }

    // Only open spans are found: the new one is in no table yet.
    [MethodImpl(HotPath.Compile)]
    private SpanNode? FindParent(SpanNode node, SpanNode? enclosing, out ParentEvidence evidence)
    {
        if (MayNameParent(node.Arguments.Span)
            && MarkerText.TryGetArgument(node.Arguments.Span, "parent"u8, out ReadOnlySpan<byte> named)
            && MarkerParser.TryParseId(named, node.Opener, out long id) && FindById(id) is { } byId)
        {
            evidence = ParentEvidence.Argument;
            return byId;
        }

        // Where the thread is inside such a span it is that one, also when another thread opened a newer one.
        int outer = Tags.OuterOf(node.Tags);
        if (outer != TagTable.NoList
            && (enclosing is not null && enclosing.Id == node.Id && enclosing.Tags == outer ? enclosing : FindByKey(node.Id, outer)) is { } byTags)
        {
            evidence = ParentEvidence.Tags;
            return byTags;
        }

        evidence = enclosing is null ? ParentEvidence.None : ParentEvidence.Thread;
        return enclosing;
    }

    // Most arguments name none, and taking them apart costs more than all the rest of a marker: a look at the letters says so.
    private static bool MayNameParent(ReadOnlySpan<byte> arguments)
    {
        const int NameLength = 6;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == '\\' || (arguments[i] == 'p' && i + NameLength < arguments.Length && arguments[i + NameLength] == '='))
                return true;
        }

        return false;
    }

    private static void SetParent(SpanNode node, SpanNode? parent, ParentEvidence evidence)
    {
        node.Depth = parent is null ? 0 : parent.Depth + 1;
        node.Parent = parent;
        node.RootSequence = parent?.RootSequence ?? node.Sequence;
        node.ParentSequence = parent?.Sequence ?? 0;
        node.ParentId = parent?.Id ?? 0;
        node.ParentTags = parent?.Tags ?? 0;
        node.ParentStart = parent?.Start ?? 0;
        node.ParentEvidence = evidence;
    }

    private SpanNode? FindByKey(long id, int tags)
    {
        SpanNode? node = _byKey[KeyHash(id, tags) & (uint)(_byKey.Length - 1)];
        while (node is not null && (node.Id != id || node.Tags != tags))
            node = node.NextOfKey;
        return node;
    }

    [MethodImpl(HotPath.Compile)]
    private SpanNode Finish(in Marker marker, TracedThread thread, long timestamp)
    {
        // Nearly always it is the span that the thread opened last: then its tags are compared and not looked up.
        int tags = (thread.Spans as ThreadSpans)?.Newest is { } newest && Tags.IsSpelled(newest.Tags, marker.Tags) ? newest.Tags : Tags.Intern(marker.Tags);
        ref SpanNode? link = ref _byKey[KeyHash(marker.Id, tags) & (uint)(_byKey.Length - 1)];
        while (link is { } candidate && (candidate.Id != marker.Id || candidate.Tags != tags))
            link = ref candidate.NextOfKey;

        SpanNode node;
        if (link is { } found)
        {
            node = found;
            link = node.NextOfKey;
            Unlink(node);
            node.Family?.Close(timestamp);
        }
        else
        {
            node = _free ?? new SpanNode();
            _free = node.NextOfKey;
            node.Id = marker.Id;
            node.Tags = tags;
            node.Start = -1;
            node.Opener = thread.Identity;
            node.Family = null;
            SetParent(node, null, ParentEvidence.None);
        }

        node.End = timestamp;
        node.Closer = thread.Identity;
        if (Describes && !marker.Arguments.IsEmpty)
            node.EndArguments.Set(marker.Arguments);
        return node;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unlink(SpanNode node)
    {
        if (_switches)
            _shape++;
        if (node.Newer is { } newer)
        {
            newer.Older = node.Older;
            node.Owner.Shape++;
        }
        else
        {
            node.Owner.Newest = node.Older;
        }

        if (node.Older is { } older)
            older.Newer = node.Newer;

        // What it lay in is still asked for until it is taken back.
        node.Newer = null;
        OpenCount--;
        if (_watchers.Length != 0)
            TellOfEnd(node);

        if (_byId is null)
            return;
        if (node.PreviousOfId is { } previous)
            previous.NextOfId = node.NextOfId;
        else
            _byId[KeyHash(node.Id, 0) & (uint)(_byId.Length - 1)] = node.NextOfId;
        if (node.NextOfId is { } next)
            next.PreviousOfId = node.PreviousOfId;
    }

    private SpanNode? FindById(long id)
    {
        if (_byId is null)
        {
            _byId = new SpanNode?[_byKey.Length];
            foreach (SpanNode open in Open)
                AddById(open);
        }

        SpanNode? node = _byId[KeyHash(id, 0) & (uint)(_byId.Length - 1)];
        while (node is not null && node.Id != id)
            node = node.NextOfId;
        return node;
    }

    // Newest first, as in the chains by key.
    private void AddById(SpanNode node)
    {
        ref SpanNode? head = ref _byId![KeyHash(node.Id, 0) & (uint)(_byId.Length - 1)];
        node.NextOfId = head;
        node.PreviousOfId = null;
        if (head is not null)
            head.PreviousOfId = node;
        head = node;
    }

    // Each chain is split in two, and both stay newest first.
    private void GrowKeys()
    {
        SpanNode?[] old = _byKey;
        _byKey = new SpanNode?[old.Length * 2];
        for (int i = 0; i < old.Length; i++)
        {
            ref SpanNode? low = ref _byKey[i];
            ref SpanNode? high = ref _byKey[i + old.Length];
            SpanNode? next;
            for (SpanNode? node = old[i]; node is not null; node = next)
            {
                next = node.NextOfKey;
                node.NextOfKey = null;
                if ((KeyHash(node.Id, node.Tags) & (uint)old.Length) == 0)
                {
                    low = node;
                    low = ref node.NextOfKey;
                }
                else
                {
                    high = node;
                    high = ref node.NextOfKey;
                }
            }
        }

        // As large as the other one when somebody asks for it again.
        _byId = null;
    }
}
