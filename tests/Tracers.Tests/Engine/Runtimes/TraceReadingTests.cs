using System.Globalization;
using System.Text;
using Tracers.Engine.Spans;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>A trace of a .NET runtime is read as a capture of one process that marks itself.</summary>
public sealed class TraceReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nested_activities_are_nested_spans_with_the_trace_s_times_process_and_threads()
    {
        Reading reading = Read(new TraceScript()
            .Begin(1000, 20, 0x8000000000000010, "outer").Begin(2000, 20, 0x21, "inner", parent: 0x8000000000000010)
            .End(3000, 20, 0x21).End(5000, 20, 0x8000000000000010));
        Assert.Equal(["outer.inner 16 2000-3000 20-20", "outer 4611686018427387912 1000-5000 20-20"], Lines(reading));
        Assert.Equal(reading.Spans[1].Sequence, reading.Spans[0].ParentSequence);
        Assert.Equal("trace=0af7651916cd43dd8448eb211c80319c", Arguments(reading.Spans[1]));
        Assert.Equal("parent=4611686018427387912", Arguments(reading.Spans[0]));
        Assert.All(reading.Spans, span => Assert.Equal((TraceScript.Pid, "dotnet"), (span.Opener.Pid, span.Opener.Name)));
        Assert.Equal("app.dll\0--port\05000\0", reading.Spans[0].Opener.Details.Arguments.ToString());
    }

    [Fact]
    public void An_activity_that_goes_on_on_other_threads_is_one_span_and_what_begins_there_is_inside_of_it()
    {
        Reading reading = Read(new TraceScript()
            .Begin(1000, 20, 0x20, "request").Switch(1500, 20, 0)
            .Switch(2000, 21, 0x20).Begin(2100, 21, 0x30, "query", parent: 0x20).Switch(2200, 21, 0)
            .Switch(3000, 22, 0x30).End(3100, 22, 0x30).Switch(3100, 22, 0x20).End(4000, 22, 0x20).Switch(4000, 22, 0));
        Assert.Equal(["request.query 24 2100-3100 21-22", "request 16 1000-4000 20-22"], Lines(reading));
        Assert.Equal(reading.Spans[1].Sequence, reading.Spans[0].ParentSequence);
        Assert.All(reading.Spans, span => Assert.Equal((TraceScript.Pid, TraceScript.Pid), (span.Opener.Pid, span.Closer!.Pid)));
    }

    [Fact]
    public void Activities_of_one_parent_at_the_same_time_each_are_its_children()
    {
        Reading reading = Read(new TraceScript()
            .Begin(1000, 20, 0x20, "all").Begin(2000, 21, 0x30, "one", parent: 0x20).Begin(2000, 22, 0x40, "other", parent: 0x20)
            .End(3000, 22, 0x40).End(3500, 21, 0x30).End(4000, 20, 0x20));
        Assert.Equal(["all.other 32 2000-3000 22-22", "all.one 24 2000-3500 21-21", "all 16 1000-4000 20-20"], Lines(reading));
        Assert.Equal([reading.Spans[2].Sequence, reading.Spans[2].Sequence, 0], reading.Spans.Select(span => span.ParentSequence));
    }

    [Fact]
    public void What_another_process_began_is_named_as_the_parent_and_is_none_here()
    {
        Reading reading = Read(new TraceScript().Begin(1000, 20, 0x20, "request", parent: 0xABCDEF, isRemote: true).End(2000, 20, 0x20));
        SpanRecord span = Assert.Single(reading.Spans);
        Assert.Equal((0L, "parent=5629687,trace=0af7651916cd43dd8448eb211c80319c"), (span.ParentSequence, Arguments(span)));
    }

    [Fact]
    public void A_request_has_the_name_of_its_route_also_when_that_is_found_inside_of_it()
    {
        Reading reading = Read(new TraceScript()
            .Begin(1000, 20, 0x20, "Microsoft.AspNetCore.Hosting.HttpRequestIn").Request(1000, 20, 0x20).Begin(1100, 20, 0x30, "auth", parent: 0x20)
            .Route(1200, 20, 0x30, "GET /users/{id}").End(1300, 20, 0x30).End(2000, 20, 0x20, failed: true, ("http.response.status_code", "500")).Switch(2000, 20, 0));
        Assert.Equal(["GET /users/{id}.auth 24 1100-1300 20-20", "GET /users/{id} 16 1000-2000 20-20"], Lines(reading));
        Assert.Equal(
            "trace=0af7651916cd43dd8448eb211c80319c,method=GET,path=/users/7,protocol=HTTP/1.1,connection=127.0.0.1\\:5000-127.0.0.1\\:40000", Arguments(reading.Spans[1]));
        Assert.Equal("status=error,http.response.status_code=500,http.route=/users/{id}", EndArguments(reading.Spans[1]));
    }

    [Fact]
    public void A_route_that_is_found_more_than_a_second_later_comes_too_late() => Assert.Equal(
        ["In 16 1000-3000000 20-20"],
        Lines(Read(new TraceScript().Begin(1000, 20, 0x20, "In").Request(1000, 20, 0x20).Reach(1_500_000).Route(2_000_000, 20, 0x20, "GET /").End(3_000_000, 20, 0x20))));

    [Fact]
    public void Pauses_waits_and_pairs_are_spans_with_what_they_say()
    {
        Reading reading = Read(new TraceScript()
            .Begin(1000, 20, 0x20, "work")
            .Section(1100, 1200, 30, "gc.pause", holds: true, arguments: [("generation", "2"), ("reason", "Induced")])
            .Section(1300, 1400, 20, "contention", holds: true)
            .Section(1500, 1700, 20, "My-Source.Load", endTid: 21)
            .Begin(1600, 20, 0x30, "inner", parent: 0x20).End(1650, 20, 0x30)
            .End(2000, 20, 0x20));
        Assert.Equal(
            ["gc.pause 1100-1200 30", "contention 1300-1400 20", "work.inner 1600-1650 20", "My-Source.Load 1500-1700 20", "work 1000-2000 20"],
            reading.Spans.Select(span => $"{span.Tags.Text} {At(span.Start)}-{At(span.End)} {span.Opener.Tid}"));
        Assert.Equal(("generation=2,reason=Induced", "seen=end"), (Arguments(reading.Spans[0]), EndArguments(reading.Spans[0])));
    }

    [Fact]
    public void A_context_that_is_used_again_means_the_latest_activity_that_began_with_it()
    {
        Guid context = Guid.NewGuid();
        Reading reading = Read(new TraceScript()
            .Begin(1000, 20, 0x20, "first", context: context).End(1100, 20, 0x20).Switch(1100, 20, Guid.Empty)
            .Begin(1200, 20, 0x30, "second", context: context).Switch(1300, 20, Guid.Empty)
            .Switch(1400, 21, context).Section(1500, 1600, 21, "contention", holds: true).End(1700, 21, 0x30));
        Assert.Equal(["first", "contention", "second"], reading.Spans.Select(span => span.Tags.Text));
        Assert.Equal((reading.Spans[2].Sequence, 24L), (reading.Spans[1].ParentSequence, reading.Spans[1].ParentId));
    }

    [Fact]
    public void What_never_ends_stays_open_and_an_end_without_a_beginning_is_nothing()
    {
        Reading reading = Read(new TraceScript().End(500, 20, 0x99).Begin(1000, 20, 0x20, "request").BeginSection(1100, 21, "My-Source.Load"));
        Assert.Equal([SpanState.Unfinished, SpanState.Unfinished], reading.Spans.Select(span => span.State));
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData("a.b:c=d,e<f>g\\")]
    [InlineData("0")]
    [InlineData("line\nend\t\u0001\u001b[31m")]
    public void A_name_stands_in_one_tag_whatever_is_in_it(string name)
    {
        Reading reading = Read(new TraceScript().Begin(1000, 20, 0x20, name).End(1100, 20, 0x20, failed: false, ("k:=,", name)));
        SpanRecord span = Assert.Single(reading.Spans);
        Assert.Equal(SpanState.Finished, span.State);
        Assert.Equal([name], span.Tags.Tags);
        Assert.Equal(0, reading.Statistics.BadMarkers);
    }

    [Fact]
    public void A_name_that_no_marker_has_room_for_is_left_out_and_those_around_it_are_not()
    {
        string name = new('x', 10_240);
        Reading reading = Read(new TraceScript()
            .Begin(1000, 20, 0x20, "outer").Begin(1100, 20, 0x30, name, parent: 0x20).Begin(1200, 20, 0x40, "inner", parent: 0x30)
            .End(1300, 20, 0x40).End(1400, 20, 0x30).End(1500, 20, 0x20, failed: false, ("long", name), ("short", "1")));
        Assert.Equal(["outer"], reading.Spans.Select(span => span.Tags.Text));
        Assert.Equal("short=1", EndArguments(reading.Spans[0]));
        Assert.Equal(0, reading.Statistics.BadMarkers);
    }

    [Fact]
    public void A_trace_that_is_cut_off_gives_what_is_whole_and_then_its_error()
    {
        Tracers.Engine.Scap.ScapFormatException cut = new("x", 777, "event block", "'x' is cut off.");
        Reading reading = Read(new TraceScript { Failure = cut }.Begin(1000, 20, 0x20, "whole").End(1100, 20, 0x20).Begin(1200, 20, 0x30, "open"));
        Assert.Equal(["whole Finished", "open Unfinished"], reading.Spans.Select(span => $"{span.Tags.Text} {span.State}"));
        Assert.Same(cut, reading.Error);
    }

    [Fact]
    public void A_trace_without_anything_that_makes_a_span_says_so()
    {
        Reading reading = Read(new TraceScript().Reach(1000).Reach(5_000_000));
        Assert.StartsWith($"'{reading.Error!.Path}' says nothing of activities, ", reading.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_runtime_lost_counts_as_lost()
    {
        Reading reading = Read(new TraceScript().Begin(1000, 20, 0x20, "a").Lose(3).End(1100, 20, 0x20).Lose(4));
        Assert.Equal((2L, 7L), (reading.Statistics.DropIntervals, reading.Statistics.LostEvents));
        Assert.Equal(SpanState.Finished, Assert.Single(reading.Spans).State);
    }

    [Fact]
    public void A_long_trace_is_read_in_order_with_as_many_spans_as_it_has()
    {
        TraceScript script = new() { Times = 20_000 };
        script.Begin(0, 20, 0x20, "request").Begin(10, 20, 0x30, "inner", parent: 0x20).End(20, 20, 0x30).End(30, 21, 0x20);
        Reading reading = Read(script);
        Assert.Equal((40_000, 0L), (reading.Spans.Count, reading.Statistics.BadMarkers));
        Assert.All(reading.Spans, span => Assert.Equal(SpanState.Finished, span.State));
        Assert.Equal(reading.Events.Select(e => e.Timestamp).Order(), reading.Events.Select(e => e.Timestamp));
    }

    private Reading Read(TraceScript script)
    {
        string path = Path.Join(_folder.FullName, "app.nettrace");
        return Reading.OfFile(ScriptedDiagnostics.Write(path, script));
    }

    private static IEnumerable<string> Lines(Reading reading) =>
        reading.Spans.Select(span => $"{span.Tags.Text} {span.Id} {At(span.Start)}-{At(span.End)} {span.Opener.Tid}-{span.Closer?.Tid}");

    private static string At(long time) => ((time - TraceScript.Wall) / 1000).ToString(CultureInfo.InvariantCulture);

    private static string Arguments(SpanRecord span) => Encoding.UTF8.GetString(span.Arguments);

    private static string EndArguments(SpanRecord span) => Encoding.UTF8.GetString(span.EndArguments);
}
