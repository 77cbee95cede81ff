using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>However spans open, close and move: for every scope those around an event are the ones that a look at all open spans finds.</summary>
public class SpanScopeTests
{
    private readonly CaptureState _state = new();
    private readonly SpanTracker _tracker = new(describes: false);
    private readonly List<TracedThread> _threads = [];

    // Each thread's process, and each process's parent, by pid: what the model knows.
    private readonly Dictionary<int, int> _parents = [];

    [Theory]
    [InlineData(1, SpanScope.Thread, false)]
    [InlineData(2, SpanScope.Thread, true)]
    [InlineData(3, SpanScope.Process, false)]
    [InlineData(4, SpanScope.Process, true)]
    [InlineData(5, SpanScope.Children, false)]
    [InlineData(6, SpanScope.Children, true)]
    [InlineData(7, SpanScope.Machine, false)]
    [InlineData(8, SpanScope.Machine, true)]
    public void The_spans_around_an_event_are_those_of_its_scope_newest_first(int seed, SpanScope scope, bool switches)
    {
        Random random = new(seed);
        OpenSpans all = new(_state, _tracker, scope);
        OpenSpans chosen = new(_state, _tracker, scope, static span => span.Id % 3 == 0);
        MakeThreads();
        for (int step = 0; step < 4000; step++)
        {
            MarkerKind kind = random.Next(switches ? 10 : 8) switch { < 4 => MarkerKind.Open, < 8 => MarkerKind.Close, _ => MarkerKind.Switch };
            Marker marker = new() { Kind = kind, Id = random.Next(9), Tags = default, Arguments = default };
            TracedThread writer = _threads[random.Next(_threads.Count)];
            List<long> before = Expected(scope, writer);
            SpanNode? ended = _tracker.Apply(in marker, writer, step);

            // A marker lies in what was open before it was applied: in the span that it ends, and not in the one that it begins.
            Assert.Equal(before.FirstOrDefault(), all.AroundMarker?.Sequence ?? 0);
            if (kind != MarkerKind.Switch)
            {
                SpanNode? begun = kind == MarkerKind.Open ? SpanTracker.SpansOf(writer).Newest : null;
                Assert.Equal(before, Numbers(all.AroundMarkerOf(writer, begun, ended is { Start: >= 0 } ? ended : null)));
            }

            if (ended is not null)
                _tracker.Release(ended);

            TracedThread thread = _threads[random.Next(_threads.Count)];
            List<long> expected = Expected(scope, thread);
            Assert.Equal(expected, Numbers(all.Around(thread)));
            Assert.Equal(expected.FirstOrDefault(), all.Innermost(thread)?.Sequence ?? 0);
            List<long> expectedChosen = [.. expected.Where(sequence => _tracker.Open.Single(s => s.Sequence == sequence).Id % 3 == 0)];
            Assert.Equal(expectedChosen, Numbers(chosen.Around(thread)));
            Assert.Equal(expectedChosen.FirstOrDefault(), chosen.Innermost(thread)?.Sequence ?? 0);
            Assert.Equal(_tracker.Open.Count(static s => s.Id % 3 == 0), chosen.Count);
            if (step % 1000 == 999)
                BeginSection();
        }
    }

    // Looked for span by span, the oldest of so many would take minutes.
    [Theory]
    [InlineData(SpanScope.Thread)]
    [InlineData(SpanScope.Process)]
    [InlineData(SpanScope.Children)]
    [InlineData(SpanScope.Machine)]
    public void However_many_are_open_the_innermost_chosen_one_is_at_hand(SpanScope scope)
    {
        const int Count = 200_000;
        OpenSpans chosen = new(_state, _tracker, scope, static span => span.Id % 50_000 == 1);
        MakeThreads();
        for (int id = 1; id <= Count; id++)
            _tracker.Apply(new Marker { Kind = MarkerKind.Open, Id = id, Tags = default, Arguments = default }, _threads[0], id);
        for (int id = 1; id <= Count; id++)
        {
            Assert.Equal(id <= Count - 49_999 ? Count - 49_999 : 0, chosen.Innermost(_threads[0])?.Id ?? 0);
            _tracker.Release(_tracker.Apply(new Marker { Kind = MarkerKind.Close, Id = id, Tags = default, Arguments = default }, _threads[0], id)!);
        }
    }

    [Fact]
    public void A_new_section_has_no_open_spans_in_any_scope()
    {
        OpenSpans machine = new(_state, _tracker, SpanScope.Machine);
        MakeThreads();
        _tracker.Apply(new Marker { Kind = MarkerKind.Open, Id = 1, Tags = default, Arguments = default }, _threads[0], 1);
        Assert.NotNull(machine.Innermost(_threads[1]));
        _tracker.Clear();
        Assert.Null(machine.Innermost(_threads[1]));
        Assert.Equal(0, machine.Count);
    }

    // A damaged list of processes may say that.
    [Fact]
    public void Processes_that_are_each_others_parents_are_gone_through_once()
    {
        TracedProcess first = new(parent: null), second = new(first);
        first.DescendFrom(second);
        Assert.Null(first.Parent);
        Assert.Same(first, second.Parent);
        first.DescendFrom(first);
        Assert.Null(first.Parent);
    }

    [Fact]
    public void A_line_of_processes_that_are_gone_does_not_grow()
    {
        TracedProcess first = new(parent: null), last = first;
        for (int i = 0; i < 1000; i++)
        {
            TracedProcess next = new(last);
            last.IsGone = last != first;
            last = next;
        }

        Assert.Same(first, last.Parent);
    }

    // Processes 10, its child 20 and that one's child 30, and 40 beside them: two threads each, the last ones of a main thread that nobody knows.
    private void MakeThreads()
    {
        TracedThread? parent = null;
        foreach (int pid in (int[])[10, 20, 30, 40])
        {
            TracedThread main = Thread(pid, pid);
            if (pid is 20 or 30)
            {
                main.BeginProcess(parent!.Process);
                _parents[pid] = parent.Pid;
            }

            Thread(pid + 1, pid).Main = main;
            parent = main;
        }

        Thread(51, 50);
        Thread(52, 50);
    }

    // Threads of a new section are new objects; here the old ones forget.
    private void BeginSection()
    {
        _tracker.Clear();
        foreach (TracedThread thread in _threads)
        {
            thread.Spans = null;
            thread.Process.Spans = null;
        }
    }

    private TracedThread Thread(int tid, int pid)
    {
        TracedThread thread = new(new ThreadIdentity(tid, pid, 1, "t", 0), new FdTable());
        _threads.Add(thread);
        return thread;
    }

    private List<long> Expected(SpanScope scope, TracedThread thread)
    {
        List<long> expected = [];
        if (scope == SpanScope.Thread)
        {
            for (SpanNode? span = SpanTracker.InnermostOf(thread); span is not null; span = span.Outer)
                expected.Add(span.Sequence);
            return expected;
        }

        expected.AddRange(_tracker.Open.Where(span => scope switch
        {
            SpanScope.Process => span.Opener.Pid == thread.Pid,
            SpanScope.Children => IsOrDescends(thread.Pid, span.Opener.Pid),
            _ => true,
        }).Select(static span => span.Sequence).Reverse());
        return expected;
    }

    private bool IsOrDescends(int pid, int ancestor) => pid == ancestor || (_parents.TryGetValue(pid, out int parent) && IsOrDescends(parent, ancestor));

    private static List<long> Numbers(SpansAround around)
    {
        List<long> numbers = [];
        foreach (SpanNode span in around)
            numbers.Add(span.Sequence);
        return numbers;
    }
}
