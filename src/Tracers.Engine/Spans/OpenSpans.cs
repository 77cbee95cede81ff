using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>The open spans of a pass by the events that lie in them, for one scope: all spans, or those that somebody chooses.</summary>
/// <remarks>
/// To be made before the pass begins. Spans of a process stand in a list of their own, so that the innermost around an event is at hand however
/// many are open; only threads with switch markers are looked at span by span.
/// </remarks>
internal sealed class OpenSpans
{
    private readonly SpanTracker _tracker;
    private readonly SpanScope _scope;
    private readonly Func<SpanNode, bool>? _chooses;
    private readonly int _number;
    private readonly uint _bit;
    private readonly OpenSpanList _machine = new();

    private OpenSpanLink?[] _cursors = new OpenSpanLink?[8];

    /// <param name="state">The state of the pass.</param>
    /// <param name="tracker">The tracker of the pass.</param>
    /// <param name="scope">What lies in a span.</param>
    /// <param name="chooses">Asked of each span when it begins; null for all spans.</param>
    public OpenSpans(CaptureState state, SpanTracker tracker, SpanScope scope, Func<SpanNode, bool>? chooses = null)
    {
        _tracker = tracker;
        _scope = scope;
        _chooses = chooses;
        _number = tracker.Watch(this);
        _bit = 1u << _number;
        state.KeepsDescent |= scope == SpanScope.Children;
    }

    /// <summary>How many of the chosen ones are open.</summary>
    public int Count { get; private set; }

    /// <summary>What <see cref="Innermost"/> said of the writer of the last marker before that was applied: a span holds its closing marker and not its opening one.</summary>
    public SpanNode? AroundMarker { get; private set; }

    /// <summary>Whether a span that has begun is one of them.</summary>
    public bool Keeps(SpanNode span) => _chooses is null || (span.Choices & _bit) != 0;

    /// <summary>The newest of them that an event of a thread lies in now; null for none.</summary>
    [MethodImpl(HotPath.Compile)]
    public SpanNode? Innermost(TracedThread thread)
    {
        switch (_scope)
        {
            case SpanScope.Thread:
                return InnermostOfThread(thread);
            case SpanScope.Process:
                return NewestOf(ProcessOf(thread))?.Node;
            case SpanScope.Children:
                OpenSpanLink? innermost = null;
                for (TracedProcess? process = ProcessOf(thread); process is not null; process = process.Parent)
                {
                    if (NewestOf(process) is { } newest && (innermost is null || newest.Node.Sequence > innermost.Node.Sequence))
                        innermost = newest;
                }

                return innermost?.Node;
            default:
                return _machine[_number]?.Node;
        }
    }

    /// <summary>Those of them that an event of a thread lies in, newest first. To be gone through before the next question.</summary>
    public SpansAround Around(TracedThread thread) => AroundMarkerOf(thread, begun: null, ended: null);

    /// <summary>The same for the marker that was applied last, as <see cref="IPassSink.MarkerEvent"/> gets it: without the span that it began, with the one that it ended.</summary>
    /// <param name="thread">Its writer.</param>
    /// <param name="begun">The span that it began.</param>
    /// <param name="ended">The span that it ended; not an orphan.</param>
    public SpansAround AroundMarkerOf(TracedThread thread, SpanNode? begun, SpanNode? ended)
    {
        if (ended is not null && !(Keeps(ended) && LiesIn(thread, ended)))
            ended = null;
        int cursors = 0;
        SpanNode? first = null;
        switch (_scope)
        {
            case SpanScope.Thread:
                first = SpanTracker.InnermostOf(thread);
                break;
            case SpanScope.Process:
                AddCursor(NewestOf(ProcessOf(thread)), ref cursors);
                break;
            case SpanScope.Children:
                for (TracedProcess? process = ProcessOf(thread); process is not null; process = process.Parent)
                    AddCursor(NewestOf(process), ref cursors);
                break;
            default:
                AddCursor(_machine[_number], ref cursors);
                break;
        }

        return new SpansAround(this, first, _cursors.AsSpan(0, cursors), begun, ended);
    }

    /// <summary>A span begins.</summary>
    internal void Begin(SpanNode span)
    {
        if (_chooses is not null)
        {
            if (!_chooses(span))
                return;
            span.Choices |= _bit;
        }

        Count++;
        if (_scope == SpanScope.Thread && _chooses is null)
            return;
        OpenSpanList list = _scope switch
        {
            SpanScope.Thread => span.Owner.Chosen ??= new OpenSpanList(),
            SpanScope.Machine => _machine,
            _ => (OpenSpanList)(span.Process!.Spans ??= new OpenSpanList()),
        };
        OpenSpanLink link = _tracker.TakeLink();
        link.Spans = this;
        link.Node = span;
        link.List = list;
        link.Newer = null;
        link.Older = list[_number];
        if (link.Older is { } older)
            older.Newer = link;
        list[_number] = link;
        link.Next = span.Links;
        span.Links = link;
    }

    /// <summary>A span of them ends.</summary>
    internal void End(SpanNode span)
    {
        if (Keeps(span))
            Count--;
    }

    /// <summary>Takes a span that ends out of its list.</summary>
    internal void Remove(OpenSpanLink link)
    {
        if (link.Newer is { } newer)
            newer.Older = link.Older;
        else
            link.List[_number] = link.Older;
        if (link.Older is { } older)
            older.Newer = link.Newer;
    }

    /// <summary>A marker of a thread is about to be applied.</summary>
    internal void BeforeMarker(TracedThread writer) => AroundMarker = Innermost(writer);

    /// <summary>A section ended, and with it all spans.</summary>
    internal void Clear()
    {
        Count = 0;
        _machine[_number] = null;
    }

    private SpanNode? InnermostOfThread(TracedThread thread)
    {
        if (thread.Spans is not ThreadSpans spans)
            return null;
        if (_chooses is null)
            return spans.Innermost;
        if (spans.SwitchedAt == 0)
            return spans.Chosen?[_number]?.Node;
        SpanNode? span = spans.Innermost;
        while (span is not null && !Keeps(span))
            span = span.Outer;
        return span;
    }

    // Of a span that has just ended.
    private bool LiesIn(TracedThread thread, SpanNode ended)
    {
        switch (_scope)
        {
            case SpanScope.Thread:
                return thread.Spans is ThreadSpans spans && LiesIn(spans, ended);
            case SpanScope.Process:
                return ended.Process == ProcessOf(thread);
            case SpanScope.Children:
                TracedProcess? process = ProcessOf(thread);
                while (process is not null && process != ended.Process)
                    process = process.Parent;
                return process is not null;
            default:
                return true;
        }
    }

    // It was in the chain if a thread that the chain goes through opened it after the last switch that counts there.
    private static bool LiesIn(ThreadSpans thread, SpanNode ended)
    {
        if (ended.Owner == thread && ended.Sequence >= thread.SwitchedAt)
            return true;
        for (SpanNode? span = thread.Innermost; span is not null; span = span.Outer)
        {
            if (span == ended || (span.Owner == ended.Owner && ended.Sequence >= span.SwitchedAt && ended.Sequence < span.Sequence))
                return true;
        }

        return false;
    }

    private void AddCursor(OpenSpanLink? newest, ref int count)
    {
        if (newest is null)
            return;
        if (count == _cursors.Length)
            Array.Resize(ref _cursors, count * 2);
        _cursors[count++] = newest;
    }

    private OpenSpanLink? NewestOf(TracedProcess process) => (process.Spans as OpenSpanList)?[_number];

    private TracedProcess ProcessOf(TracedThread thread) => _tracker.ProcessOf(thread);
}
