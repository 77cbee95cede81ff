using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>The switch marker <c>=:id:::</c>: from now on the writing thread runs the span of this id.</summary>
public class SwitchMarkerTests
{
    [SkippableTheory]
    [InlineData("switch-marker-two-threads")]
    [InlineData("switch-marker-own-fd")]
    public void Work_that_moved_to_another_thread_is_charged_to_its_span(string vector)
    {
        string path = Repository.Shared($"vectors/{vector}.scap");
        List<KeyValuePair<string, long>> rows = EngineTable.Read(path, new IoQuery { Keys = [IoKey.SpanTag] }, t => t.Bytes);
        Assert.Equal(300, Assert.Single(rows).Value);
    }

    [Fact]
    public void A_span_runs_where_it_was_switched_to_and_nowhere_else() => AssertTags(
        c => c.Write(100, 3, ">:7:req::").Write(100, 4, "1").Write(100, 3, "=:0:::").Write(100, 4, "2").Write(200, 3, "=:7:::").Write(200, 4, "3")
            .Write(200, 3, "<:7:req::").Write(200, 4, "4"),
        "req", null, "req", null);

    [Fact]
    public void A_span_of_its_own_after_the_switch_is_innermost_until_it_closes() => AssertTags(
        c => c.Write(100, 3, ">:7:req::").Write(200, 3, ">:8:old::").Write(200, 3, "=:7:::").Write(200, 4, "1").Write(200, 3, ">:9:own::").Write(200, 4, "2")
            .Write(200, 3, "<:9:own::").Write(200, 4, "3").Write(200, 3, "=:8:::").Write(200, 4, "4"),
        "req", "own", "req", "old");

    [Fact]
    public void A_span_that_was_closed_meanwhile_holds_nothing_also_when_its_node_is_used_again() => AssertTags(
        c => c.Write(100, 3, ">:7:req::").Write(200, 3, "=:7:::").Write(100, 3, "<:7:req::").Write(200, 4, "1").Write(100, 3, ">:7:req::").Write(200, 4, "2")
            .Write(100, 4, "3"),
        null, null, "req");

    [Fact]
    public void A_switch_to_an_id_that_is_not_open_is_a_switch_to_none() => AssertTags(
        c => c.Write(100, 3, ">:7:req::").Write(100, 3, "=:99:::").Write(100, 4, "1").Write(100, 3, "=:7:::").Write(100, 4, "2"), null, "req");

    [Fact]
    public void Of_several_spans_with_the_id_the_newest_is_meant_and_the_next_one_when_it_is_closed() => AssertTags(
        c => c.Write(100, 3, ">:7:a::").Write(100, 3, ">:7:b::").Write(200, 3, "=:7:::").Write(200, 4, "1").Write(100, 3, "<:7:b::").Write(200, 3, "=:7:::").Write(200, 4, "2"),
        "b", "a");

    [Fact]
    public void The_first_span_of_a_capture_may_follow_a_switch() => AssertTags(
        c => c.Write(100, 3, "=:0:::").Write(100, 4, "1").Write(100, 3, ">:1:first::").Write(100, 4, "2"), null, "first");

    [Fact]
    public void Many_open_spans_are_found_by_id_also_after_the_tables_grew() => AssertTags(
        c =>
        {
            c.Write(200, 3, "=:0:::");
            for (int i = 1; i <= 600; i++)
                c.Write(100, 3, $">:{i}:t{i}::");
            for (int i = 600; i > 0; i -= 200)
                c.Write(200, 3, $"=:{i}:::").Write(200, 4, "x");
        },
        "t600", "t400", "t200");

    [Fact]
    public void A_span_after_a_switch_is_inside_the_span_switched_to_and_not_inside_what_the_thread_had_open()
    {
        CaptureBuilder capture = Capture();
        capture.Write(200, 3, ">:8:old::").Write(100, 3, ">:6:root::").Write(100, 3, ">:7:req::").Write(200, 3, "=:7:::").Write(200, 3, ">:9:own::").Write(200, 4, "123");
        capture.Write(200, 3, ">:9:deep::").Write(200, 4, "1234").Write(200, 3, "<:9:own::").Write(200, 4, "12345");
        Assert.Equal(12, BytesInside(capture, "req"));
        Assert.Equal(12, BytesInside(capture, "root"));
        Assert.Equal(7, BytesInside(capture, "own"));
        Assert.Equal(9, BytesInside(capture, "deep"));
        Assert.Equal(0, BytesInside(capture, "old"));
    }

    private static long BytesInside(CaptureBuilder capture, string tag)
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        return EngineTable.Read(file.Path, new IoQuery { Keys = [IoKey.FdName], Tag = t => t.Text == tag }, t => t.Bytes).Sum(r => r.Value);
    }

    private static void AssertTags(Action<CaptureBuilder> script, params string?[] tags)
    {
        CaptureBuilder capture = Capture();
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        Assert.Equal(tags, reading.Io.Select(io => io.SpanTags));
    }

    private static CaptureBuilder Capture()
    {
        CaptureBuilder other = new CaptureBuilder().Processes(CaptureBuilder.Process(200, "other"))
            .Fds(200, FdRecord.ForFile(3, "/dev/null", 2), FdRecord.ForFile(4, "/tmp/other", 2));
        return CaptureBuilder.Typical().Raw(other.ToArray());
    }
}
