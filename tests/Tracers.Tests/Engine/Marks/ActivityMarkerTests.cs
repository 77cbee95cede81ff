using System.Diagnostics;
using System.Globalization;
using Tracers.Engine.Spans;
using Tracers.Marks;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>What the markers of activities say, and when they are written.</summary>
[Collection(MarksTests.Name)]
public sealed class ActivityMarkerTests : IDisposable
{
    private static readonly ActivitySource s_source = new("Tracers.Tests.Markers");

    private static readonly string[] s_names = ["x", "y"];

    private readonly RecordingOutput _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Ids_are_those_that_other_tools_know_also_of_a_parent_elsewhere()
    {
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Activity? activity;
        using (Start())
        using (activity = s_source.StartActivity("ids", ActivityKind.Server, Parent))
        using (s_source.StartActivity("inner"))
        {
        }

        SpanRecord[] spans = Spans("ids");
        Assert.Equal((long)(ulong.Parse(activity!.SpanId.ToHexString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> 1), spans[1].Id);
        Assert.Equal(
            [new("parent", "6617676507375475096"), new("trace", "0af7651916cd43dd8448eb211c80319c")], MarkerText.SplitArguments(spans[1].Arguments));
        Assert.Equal([new("parent", $"{spans[1].Id}")], MarkerText.SplitArguments(spans[0].Arguments));
    }

    [Fact]
    public void Tags_are_arguments_at_the_end_behind_the_status()
    {
        using (Start())
        {
            using Activity activity = s_source.StartActivity("tags")!;
            Assert.True(activity.IsAllDataRequested);
            Assert.False(activity.Recorded);
            activity.SetTag("http.route", "/a,b=c:d").SetTag("code", 200).SetTag("share", 0.5).SetTag("ok", true).SetTag("names", s_names);
            activity.AddTag("none", null).SetTag("day", DayOfWeek.Monday).SetTag("bad", new Unwilling()).SetTag("marks", new Marking()).SetStatus(ActivityStatusCode.Error);
        }

        Assert.Equal(
            [
                new("status", "error"), new("http.route", "/a,b=c:d"), new("code", "200"), new("share", "0.5"), new("ok", "true"), new("names", "x,y"),
                new("day", "Monday"), new("bad", ""), new("marks", "text"),
            ],
            MarkerText.SplitArguments(Spans("tags").Single(s => s.Tags.Text == "tags").EndArguments));
    }

    [Fact]
    public void A_tag_that_has_no_room_is_left_out_whole_and_the_others_are_there()
    {
        using (Start())
        {
            using Activity activity = s_source.StartActivity("room")!;
            activity.SetTag("a", 1).SetTag("long", new string(':', 2100)).SetTag("b", new string('x', 1500)).SetTag("c", new string('y', 2600)).SetTag("d", 2);
        }

        SpanRecord span = Assert.Single(Spans("room"));
        Assert.Equal(SpanState.Finished, span.State);
        Assert.Equal(["a", "b", "d"], MarkerText.SplitArguments(span.EndArguments).Select(a => a.Key));
    }

    [Fact]
    public void What_waits_is_written_when_its_name_is_known_and_is_closed_with_more()
    {
        using (Start(waits: true))
        {
            using Activity activity = s_source.StartActivity("wait.request")!;
            _output.WriteFile(1);
            Assert.Empty(_output.Lines("wait"));
            ActivityMarks.Describe(activity, new Details("wait.known"));
            ActivityMarks.OpenCurrent();
            ActivityMarks.OpenCurrent();
            _output.WriteFile(10);
            activity.SetTag("t", 1);
        }

        Reading reading = _output.Read();
        SpanRecord span = Assert.Single(Spans("wait"));
        Assert.Equal("wait.known", span.Tags.Text);
        Assert.Equal(["trace", "first"], MarkerText.SplitArguments(span.Arguments).Select(a => a.Key));
        Assert.Equal([new("last", "3"), new("t", "1")], MarkerText.SplitArguments(span.EndArguments));
        Assert.Equal([(1L, null), (10L, "wait.known")], Io(reading));
    }

    [Fact]
    public void What_fails_to_say_more_of_an_activity_does_not_fail_where_that_ends()
    {
        using (Start())
        {
            using Activity activity = s_source.StartActivity("fails")!;
            ActivityMarks.Describe(activity, new Gone());
            activity.SetTag("t", 1);
        }

        Assert.Equal([new("before", "1"), new("t", "1")], MarkerText.SplitArguments(Assert.Single(Spans("fails")).EndArguments));
    }

    [Fact]
    public async Task What_waits_is_written_at_the_latest_by_a_child_by_another_thread_or_at_its_end()
    {
        using (Start(waits: true))
        {
            using (s_source.StartActivity("late.child"))
            using (s_source.StartActivity("inner"))
                ActivityMarks.OpenCurrent();

            using (Activity other = s_source.StartActivity("late.thread")!)
            {
                Thread thread = new(() => _output.WriteFile(5));
                thread.Start();
                thread.Join();
                Assert.Single(_output.Lines(@"late\.thread"));
                _output.WriteFile(6);
                ActivityMarks.OpenCurrent();
                _output.WriteFile(7);
                await Task.Yield();
                _output.WriteFile(8);
            }

            using (s_source.StartActivity("late.end"))
            {
            }
        }

        Assert.Equal(["late.child.inner", "late.child", "late.thread", "late.end"], Spans("late").Select(s => s.Tags.Text));
        Assert.All(Spans("late"), s => Assert.Equal(SpanState.Finished, s.State));

        // Between the two the thread had no sign of its own that others know of its request.
        Assert.Equal([(5L, "late.thread"), (6L, null), (7L, "late.thread"), (8L, "late.thread")], Io(_output.Read()));
    }

    [Fact]
    public void What_still_waits_when_it_is_off_is_not_marked()
    {
        IDisposable marks = Start(waits: true);
        Activity activity = s_source.StartActivity("stale")!;
        marks.Dispose();
        activity.Dispose();
        Assert.Empty(_output.Lines("stale"));
    }

    [Fact]
    public void Another_copy_of_the_library_in_the_process_does_not_mark_them_twice()
    {
        object other = new();
        Assert.True(MarkingTurn.TryTake(other));
        using (Start())
            Assert.Null(s_source.StartActivity("copy"));
        Assert.True(MarkingTurn.TryGive(other));
        using (Start())
        using (s_source.StartActivity("copy"))
            Assert.False(MarkingTurn.TryTake(other));
        Assert.Equal(2, _output.Lines("copy").Count);
    }

    private static IDisposable Start(bool waits = false) => ActivityMarks.Start(
        static activity => activity.Source == s_source ? activity.OperationName : null, activity => waits && activity.OperationName != "inner");

    private SpanRecord[] Spans(string tag) => [.. _output.Read().Spans.Where(s => s.Tags.Text.StartsWith(tag, StringComparison.Ordinal))];

    private static IEnumerable<(long Bytes, string? Tag)> Io(Reading reading) =>
        reading.Io.Where(io => io.FdName == "/tmp/file").Select(io => (io.Result, io.SpanTags));

    private sealed class Details(string tag) : ActivityDetails
    {
        public override string? Tag => tag;

        public override void AddFirst(ref WholeArguments arguments) => arguments.Add("first", "2");

        public override void AddLast(ref WholeArguments arguments) => arguments.Add("last", 3UL);
    }

    private sealed class Gone : ActivityDetails
    {
        public override string? Tag => null;

        public override void AddFirst(ref WholeArguments arguments)
        {
        }

        public override void AddLast(ref WholeArguments arguments)
        {
            arguments.Add("before", 1UL);
            throw new ObjectDisposedException("IFeatureCollection");
        }
    }

    private sealed class Unwilling
    {
        public override string ToString() => throw new InvalidOperationException("No.");
    }

    private sealed class Marking
    {
        public override string ToString()
        {
            using (s_source.StartActivity("tags.foreign"))
                return "text";
        }
    }
}
