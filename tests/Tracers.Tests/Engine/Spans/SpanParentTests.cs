using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>Which span is the parent of another, and what says so.</summary>
public class SpanParentTests
{
    [Fact]
    public void The_tags_say_it_where_one_list_is_the_other_and_one_more() => AssertParents(
        c => c.Write(100, 3, ">:1:a::").Write(100, 3, ">:1:x::").Write(100, 3, ">:1:a.b::"),
        "a None 0", "x a Thread 1", "a.b a Tags 1");

    [Fact]
    public void The_tags_say_it_across_threads_and_processes() => AssertParents(
        c => c.Write(100, 3, ">:1:a::").Write(200, 3, ">:1:other::").Write(200, 3, ">:1:a.b::").Write(100, 3, ">:1:a.b.c::"),
        "a None 0", "other None 0", "a.b a Tags 1", "a.b.c a.b Tags 2");

    [Fact]
    public void The_tags_say_nothing_under_another_id_or_of_a_span_that_is_closed() => AssertParents(
        c => c.Write(100, 3, ">:1:a::").Write(200, 3, ">:2:a.b::").Write(100, 3, "<:1:a::").Write(200, 3, ">:1:a.b::"),
        "a None 0", "a.b None 0", "a.b a.b#2 Thread 1");

    [Fact]
    public void Of_several_with_the_tags_the_one_around_the_thread_is_meant_or_else_the_newest() => AssertParents(
        c => c.Write(100, 3, ">::a:n=1:").Write(200, 3, ">::a:n=2:").Write(100, 3, ">::a.b::").Write(300, 3, ">::a.b::"),
        "a None 0", "a None 0", "a.b a#1 Tags 1", "a.b a#2 Tags 1");

    [Fact]
    public void A_single_tag_and_an_escaped_dot_have_no_outer_tags() => AssertParents(
        c => c.Write(100, 3, ">:1:::").Write(200, 3, ">:1:a::").Write(300, 3, ">:1:a\\.b::").Write(300, 3, ">:1:a\\.b.c::"),
        " None 0", "a None 0", "a.b None 0", "a.b.c a.b Tags 1");

    [Fact]
    public void Empty_tags_are_tags() => AssertParents(
        c => c.Write(100, 3, "[\">\",1,[\"\"],[]]").Write(200, 3, ">:1:.a::").Write(300, 3, ">:1:.a.::"), " None 0", ".a  Tags 1", ".a. .a Tags 2");

    [Fact]
    public void An_argument_says_it_before_anything_else() => AssertParents(
        c => c.Write(100, 3, ">:1:a::").Write(200, 3, ">:7:far::").Write(100, 3, ">:1:a.b:parent=7:").Write(100, 3, ">:1:a.b.c:k=v,parent=1,l=:").Write(300, 3, ">:9:z:parent=t:"),
        "a None 0", "far None 0", "a.b far Argument 1", "a.b.c a.b Argument 2", "z None 0");

    [Theory]
    [InlineData("parent=t", "by-tid")]
    [InlineData("parent=p", "by-pid")]
    [InlineData("parent=-3", "negative")]
    [InlineData("parent=4711,parent=-3", "negative")]
    public void An_argument_names_the_newest_open_span_with_the_id(string argument, string parent) => AssertParents(
        c => c.Write(200, 3, ">:201:by-tid::").Write(200, 3, ">:200:by-pid::").Write(200, 3, ">:-3:older::").Write(200, 3, ">:-3:negative::")
            .Write(200, 3, ">:-3:closed::").Write(200, 3, "<:-3:closed::").Write(201, 3, $">:1:x:{argument}:"),
        "by-tid None 0", "by-pid by-tid Thread 1", "older by-pid Thread 2", "negative older Thread 3", "closed negative Thread 4",
        $"x {parent} Argument {(parent == "by-tid" ? 1 : parent == "by-pid" ? 2 : 4)}");

    [Fact]
    public void In_json_an_argument_says_it_too() => AssertParents(
        c => c.Write(200, 3, ">:7:far::").Write(100, 3, "[\">\",1,[\"a\"],[{\"parent\":\"7\"}]]"), "far None 0", "a far Argument 1");

    [Theory]
    [InlineData("parent=8")]
    [InlineData("parent=")]
    [InlineData("parent=x")]
    [InlineData("parent=12345678901234567890123456789012345678901234567890")]
    [InlineData("parents=7")]
    [InlineData("Parent=7")]
    [InlineData("parent=7,parent=8")]
    public void An_argument_that_names_no_open_span_leaves_it_to_the_tags_and_the_thread(string argument)
    {
        AssertParents(c => c.Write(200, 3, ">:7:far::").Write(100, 3, ">:1:a::").Write(100, 3, $">:1:b:{argument}:"), "far None 0", "a None 0", "b a Thread 1");
        AssertParents(c => c.Write(200, 3, ">:7:far::").Write(300, 3, ">:1:a::").Write(100, 3, $">:1:a.b:{argument}:"), "far None 0", "a None 0", "a.b a Tags 1");
    }

    [Fact]
    public void The_thread_is_inside_the_span_that_it_was_switched_to() => AssertParents(
        c => c.Write(100, 3, ">:7:req::").Write(200, 3, ">:8:own::").Write(200, 3, "=:7:::").Write(200, 3, ">:9:part::"),
        "req None 0", "own None 0", "part req Thread 1");

    [Fact]
    public void Work_is_charged_by_thread_whatever_the_parent_is()
    {
        Reading reading = Read(c => c.Write(100, 3, ">:1:a::").Write(200, 3, ">:7:far::").Write(100, 3, ">:2:b:parent=7:").Write(100, 4, "1").Write(100, 3, "<:2:b::").Write(100, 4, "2"));
        Assert.Equal(["b", "a"], reading.Io.Select(io => io.SpanTags));
    }

    [Fact]
    public void An_orphan_has_no_parent()
    {
        SpanRecord orphan = Read(c => c.Write(100, 3, ">:1:a::").Write(100, 3, "<:1:a.b:parent=1:")).Spans[0];
        Assert.Equal((SpanState.Orphan, 0L, ParentEvidence.None, 0), (orphan.State, orphan.ParentSequence, orphan.ParentEvidence, orphan.Depth));
    }

    [Fact]
    public void A_node_that_is_used_again_is_found_no_longer_under_its_old_id()
    {
        Reading reading = Read(c =>
        {
            c.Write(200, 3, ">:7:far::").Write(100, 3, ">:1:a:parent=7:").Write(100, 3, "<:1:a::").Write(200, 3, "<:7:far::");
            for (int i = 0; i < 500; i++)
                c.Write(100, 3, $">:{i % 3}:t{i}:parent={(i + 1) % 3}:");
            for (int i = 0; i < 500; i += 2)
                c.Write(100, 3, $"<:{i % 3}:t{i}::");
            c.Write(300, 3, ">:9:last:parent=7:").Write(300, 3, ">:9:last:parent=1:");
        });
        SpanRecord[] last = [.. reading.Spans.Where(s => s.Tags.Text == "last")];
        Assert.Equal([(ParentEvidence.None, null), (ParentEvidence.Argument, "t499")], last.Select(s => (s.ParentEvidence, s.ParentTags?.Text)));
    }

    // "tags [parent's tags] evidence depth" of every span in the order of their beginnings; #n tells parents with the same tags apart.
    private static void AssertParents(Action<CaptureBuilder> script, params string[] expected)
    {
        List<SpanRecord> spans = Read(script).Spans;
        spans.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        Assert.Equal(expected, spans.Select(s =>
        {
            bool ambiguous = spans.Count(o => o.Tags == s.ParentTags) > 1;
            string parent = s.ParentTags is null ? "" : $"{s.ParentTags.Text}{(ambiguous ? $"#{s.ParentSequence}" : "")} ";
            return $"{s.Tags.Text} {parent}{s.ParentEvidence} {s.Depth}";
        }));
    }

    private static Reading Read(Action<CaptureBuilder> script)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        capture.Processes(CaptureBuilder.Process(200, "other"), CaptureBuilder.Process(201, "other", pid: 200, flags: 1), CaptureBuilder.Process(300, "third"));
        capture.Fds(200, FdRecord.ForFile(3, "/dev/null", 2)).Fds(300, FdRecord.ForFile(3, "/dev/null", 2));
        script(capture);
        Reading reading = Reading.Of(capture);
        Assert.Null(reading.Error);
        return reading;
    }
}
