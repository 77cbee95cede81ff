using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>Events and markers leave in the order of their times, when nothing earlier can come.</summary>
public sealed class EventTimelineTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private const ushort SchedulerSwitch = 41;

    private readonly CaptureWriter _former = new(Stream.Null);
    private readonly Output _output = new();
    private readonly EventTimeline _timeline;

    public EventTimelineTests()
    {
        _former.WriteSectionHeader();
        _timeline = new EventTimeline(_output);
    }

    public void Dispose()
    {
        _timeline.Dispose();
        _former.Dispose();
    }

    [Fact]
    public void Markers_stand_among_the_events_by_their_times_whenever_they_came()
    {
        AddEvent(10);
        AddEvent(30);
        AddEvent(50);
        RuntimeSpan span = Span(1, "late");
        Add(MarkerKind.Open, 20, span);
        Add(MarkerKind.Close, 40, span);
        _timeline.ReleaseAll();
        Assert.Equal(["event 10", ">:1:late::", "event 30", "<:1:late::", "event 50"], _output.Lines);
    }

    [Fact]
    public void Markers_of_one_time_keep_the_order_in_which_they_came()
    {
        RuntimeSpan outer = Span(1, "outer"), inner = Span(2, "inner", outer);
        Add(MarkerKind.Open, 20, outer);
        Add(MarkerKind.Open, 20, inner);
        Add(MarkerKind.Close, 20, inner);
        Add(MarkerKind.Close, 20, outer);
        _timeline.ReleaseAll();
        Assert.Equal([">:1:outer::", ">:2:outer.inner::", "<:2:outer.inner::", "<:1:outer::"], _output.Lines);
    }

    [Fact]
    public void Nothing_leaves_before_a_second_more_was_said()
    {
        AddEvent(10);
        Add(MarkerKind.Open, 20, Span(1, "a"));
        _timeline.Release(Second + 9);
        Assert.Empty(_output.Lines);
        _timeline.Release(Second + 10);
        Assert.Equal(["event 10"], _output.Lines);
        _timeline.Release(Second + 20);
        Assert.Equal(["event 10", ">:1:a::"], _output.Lines);
    }

    [Fact]
    public void What_comes_too_late_stands_behind_and_is_counted()
    {
        RuntimeSpan first = Span(1, "first"), second = Span(2, "second");
        Add(MarkerKind.Open, 100, first);
        _timeline.Release(Second + 100);
        Add(MarkerKind.Open, 50, second);
        _timeline.ReleaseAll();
        Assert.Equal([">:1:first::", ">:2:second::"], _output.Lines);
        Assert.Equal(1, _timeline.LateMarks);
    }

    [Fact]
    public void What_began_before_the_capture_is_not_in_it_nor_is_its_end_or_a_switch_to_it()
    {
        _timeline.Start = 100;
        RuntimeSpan before = Span(1, "before"), inside = Span(2, "inside", before);
        Add(MarkerKind.Open, 50, before);
        Add(MarkerKind.Switch, 110, before);
        Add(MarkerKind.Open, 120, inside);
        Add(MarkerKind.Close, 130, inside);
        Add(MarkerKind.Close, 140, before);
        _timeline.ReleaseAll();
        Assert.Equal(["=:0:::", ">:2:before.inside::", "<:2:before.inside::"], _output.Lines);
    }

    [Fact]
    public void What_is_behind_the_end_is_not_in_it()
    {
        _timeline.End = 100;
        RuntimeSpan span = Span(1, "a");
        Add(MarkerKind.Open, 100, span);
        Add(MarkerKind.Close, 101, span);
        _timeline.ReleaseAll();
        Assert.Equal([">:1:a::"], _output.Lines);
    }

    [Fact]
    public void A_route_that_is_found_while_the_beginning_waits_names_the_span()
    {
        RuntimeSpan span = Span(1, "In");
        Add(MarkerKind.Open, 10, span);
        span.Route = "GET /a.b/{id}";
        _timeline.ReleaseAll();
        Assert.Equal([">:1:GET /a\\.b/{id}::"], _output.Lines);
    }

    [Fact]
    public void Where_a_file_ends_nothing_stands_earlier_than_its_time_says()
    {
        AddEvent(10);
        _timeline.AddBoundary();
        AddEvent(12);
        AddEvent(30);
        Add(MarkerKind.Open, 15, Span(1, "a"));
        _timeline.ReleaseAll();
        Assert.Equal(["event 10", "next file", "event 12", ">:1:a::", "event 30"], _output.Lines);
    }

    [Fact]
    public void Events_are_what_they_were_however_many_wait_and_leave()
    {
        const int Events = 300_000;
        for (int i = 0; i < Events; i++)
        {
            AddEvent(i);
            if (i % 50_000 == 49_999)
                _timeline.Release(Second + i - 10_000);
        }

        _timeline.ReleaseAll();
        Assert.Equal(Enumerable.Range(0, Events).Select(i => $"event {i}"), _output.Lines);
        Assert.Equal(0, _timeline.HeldBytes);
    }

    [Fact]
    public void What_waits_counts_with_the_memory_that_its_place_takes()
    {
        AddEvent(10);
        Assert.InRange(_timeline.HeldBytes, 20, 60);
        Assert.InRange(_timeline.HeldMemory, _timeline.HeldBytes + 50, 300);
    }

    [Fact]
    public void Activities_that_are_begun_in_each_other_for_ever_do_not_end_the_recorder()
    {
        RuntimeSpan? span = null;
        for (int i = 1; i <= 100_000; i++)
        {
            span = Span(i, "step", span);
            Add(MarkerKind.Open, i, span);
        }

        _timeline.ReleaseAll();
        Assert.InRange(_output.Lines.Count, 100, 1000);
    }

    private static RuntimeSpan Span(long id, string name, RuntimeSpan? parent = null) => new() { Id = id, Name = name, Parent = parent, Began = 0 };

    private void Add(MarkerKind kind, long time, RuntimeSpan span) =>
        _timeline.Add(new RuntimeMark { Kind = kind, Time = time, Tid = 20, Pid = 20, Span = span, IsInSpan = true });

    private void AddEvent(long time)
    {
        EventBuilder e = _former.BeginEvent((ulong)time, 20, SchedulerSwitch - 1, 1);
        e.AddI64(0);
        e.End();
        Assert.Null(EventView.TryCreate(_former.LastEventBlock, _former.LastEventOffset, 0, EventTable.Traits, out EventView view));
        _timeline.Add(in view, EventBlockOptions.None, time, null, mayUse: false);
    }

    private sealed class Output : ITimelineOutput
    {
        public List<string> Lines { get; } = [];

        private const int WriteExit = 9;

        public long ClockOffset => 0;

        public void Write(scoped in EventView e, EventBlockOptions options) => Lines.Add($"event {e.Timestamp}");

        // The markers alone: the calls that carry them are tested where they are read.
        public void Insert(scoped in EventView e, EventBlockOptions options)
        {
            if (e.Type == WriteExit)
                Lines.Add(Encoding.UTF8.GetString(e.Parameter(1)));
        }

        public void BeginNextFile() => Lines.Add("next file");
    }
}
