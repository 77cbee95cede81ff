using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Xunit;
using static Tracers.Tests.Engine.CloneCalls;

namespace Tracers.Tests.Engine.Spans;

/// <summary>What lies in chosen spans, told by a second pass over the capture.</summary>
public class SpanSelectionTests
{
    [Fact]
    public void A_span_holds_its_closing_marker_and_not_its_opening_one()
    {
        byte[] capture = Script(c => c.Write(100, 3, ">:0:warm::").Write(100, 4, "0").Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, "<:1:a::").Write(100, 4, "2"));

        // Events 5 and 6 open it, 7 and 8 write, 9 and 10 close it; 9, the beginning of a marker's write, is hidden.
        Assert.Equal([7, 8, 10], ChosenSpans.Numbers(capture, ChosenSpans.Of(capture, Tag("a"))));
        Assert.Equal([7, 8, 9, 10], ChosenSpans.Numbers(capture, ChosenSpans.Of(capture, Tag("a")), includeHidden: true));
    }

    [Fact]
    public void What_lies_in_a_span_inside_of_it_belongs_to_it_unless_only_the_innermost_counts()
    {
        byte[] capture = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, ">:1:a.b::").Write(100, 4, "2").Write(100, 3, "<:1:a.b::")
            .Write(100, 4, "3").Write(100, 3, "<:1:a::").Write(100, 4, "4"));
        Assert.Equal("1 >:1:a.b:: 2 <:1:a.b:: 3 <:1:a::", Written(capture, "a"));
        Assert.Equal("1 >:1:a.b:: 3 <:1:a::", Written(capture, "a", nesting: SpanNesting.Innermost));
        Assert.Equal("2 <:1:a.b::", Written(capture, "a.b"));
        Assert.Equal("2 <:1:a.b::", Written(capture, "a.b", nesting: SpanNesting.Innermost));
    }

    [Fact]
    public void Spans_that_are_not_nested_hold_each_what_came_between_their_markers()
    {
        byte[] capture = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, ">:2:b::").Write(100, 4, "2").Write(100, 3, "<:1:a::")
            .Write(100, 4, "3").Write(100, 3, "<:2:b::").Write(100, 4, "4"));
        Assert.Equal("1 >:2:b:: 2 <:1:a::", Written(capture, "a"));
        Assert.Equal("2 <:1:a:: 3 <:2:b::", Written(capture, "b"));
        Assert.Equal("1 >:2:b::", Written(capture, "a", nesting: SpanNesting.Innermost));
    }

    [Theory]
    [InlineData(SpanScope.Thread, "1 <:1:a::")]
    [InlineData(SpanScope.Process, "1 t1 <:1:a::")]
    [InlineData(SpanScope.Children, "1 t1 <:1:a::")]
    [InlineData(SpanScope.Machine, "1 t1 o1 <:1:a::")]
    public void Other_threads_and_processes_belong_to_a_span_as_the_scope_says(SpanScope scope, string expected)
    {
        byte[] capture = Script(c =>
        {
            Clone(c, 101, NewThread).Write(101, 4, "t0").Write(100, 3, ">:1:a::").Write(100, 4, "1");
            c.Write(101, 4, "t1").Write(200, 4, "o1").Write(100, 3, "<:1:a::").Write(101, 4, "t2").Write(200, 4, "o2");
        });
        Assert.Equal(expected, Written(capture, "a", scope));
    }

    [Fact]
    public void A_span_outlives_the_thread_that_opened_it()
    {
        byte[] capture = Script(c =>
        {
            Clone(c, 101, NewThread).Write(101, 3, ">:1:a::").Event(101, 186, 0L);
            c.Write(100, 4, "1").Write(100, 3, "<:1:a::").Write(100, 4, "2");
        });
        Assert.Equal("", Written(capture, "a"));
        Assert.Equal("1 <:1:a::", Written(capture, "a", SpanScope.Process));
    }

    // As `cmd &` in a script: the shell forks, the fork starts the program and ends, and the program goes on.
    [Fact]
    public void The_span_of_a_script_holds_the_commands_that_it_starts_also_when_what_started_them_is_gone()
    {
        byte[] capture = Script(c =>
        {
            Clone(c, 150, 0).Write(100, 3, ">:1:script::");
            Clone(Clone(c, 160, 0), 170, 0, parent: 160).Write(160, 4, "fork").Event(160, 186, 0L);
            Clone(c, 171, NewThread, parent: 170).Write(170, 4, "program").Write(171, 4, "thread").Write(150, 4, "earlier child").Write(200, 4, "other");
            c.Write(100, 4, "shell").Write(100, 3, "<:1:script::").Write(170, 4, "late");
        });
        Assert.Equal("fork program thread earlier child shell <:1:script::", Written(capture, "script", SpanScope.Children));
        Assert.Equal("shell <:1:script::", Written(capture, "script", SpanScope.Process));
    }

    [Fact]
    public void Children_that_were_there_before_the_capture_began_are_known_by_its_process_list()
    {
        byte[] capture = Script(
            c => c.Write(100, 3, ">:1:a::").Write(300, 4, "child").Write(301, 4, "grandchild").Write(302, 4, "its thread").Write(200, 4, "other").Write(100, 3, "<:1:a::"),
            Process(300, parent: 100), Process(301, parent: 300), CaptureBuilder.Process(302, pid: 301, flags: NewThread) with { ParentTid = 1 });
        Assert.Equal("child grandchild its thread <:1:a::", Written(capture, "a", SpanScope.Children));
    }

    [Fact]
    public void Processes_that_a_damaged_list_makes_each_others_parents_end_a_pass_all_the_same()
    {
        byte[] capture = Script(
            c => c.Write(301, 4, "1").Write(300, 4, "2").Write(302, 4, "3"), Process(300, parent: 301), Process(301, parent: 300), Process(302, parent: 302));
        Assert.Equal("=3/3", ChosenSpans.Summed(capture, null, new IoQuery { Keys = [IoKey.SpanTag], Scope = SpanScope.Children, IncludeUnattributed = true }));
    }

    [Fact]
    public void A_process_with_the_number_of_one_that_is_gone_is_another_one()
    {
        byte[] capture = Script(c =>
        {
            Clone(c, 160, 0).Write(160, 3, ">:1:a::").Write(160, 4, "1").Event(160, 186, 0L);
            Clone(c, 160, 0, parent: 200).Write(160, 4, "2");
        });
        foreach (SpanScope scope in (SpanScope[])[SpanScope.Thread, SpanScope.Process, SpanScope.Children])
            Assert.Equal("1", Written(capture, "a", scope));
    }

    [Fact]
    public void A_span_holds_the_work_of_the_threads_that_were_switched_to_it_while_they_were()
    {
        byte[] capture = Script(c => c.Write(100, 3, ">:1:a::").Write(200, 4, "0").Write(200, 3, "=:1:::").Write(200, 4, "1").Write(100, 3, "=:0:::").Write(100, 4, "x")
            .Write(200, 3, ">:2:inner::").Write(200, 4, "2").Write(200, 3, "<:2:inner::").Write(200, 3, "<:1:a::").Write(200, 4, "3"));
        Assert.Equal("1 =:0::: >:2:inner:: 2 <:2:inner:: <:1:a::", Written(capture, "a"));
        Assert.Equal("1 =:0::: >:2:inner:: <:1:a::", Written(capture, "a", nesting: SpanNesting.Innermost));
    }

    [Fact]
    public void A_closing_marker_of_another_thread_lies_in_the_span_only_where_that_thread_does()
    {
        byte[] capture = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(200, 3, "<:1:a::").Write(100, 4, "2"));
        Assert.Equal("1", Written(capture, "a"));
        Assert.Equal("1 <:1:a::", Written(capture, "a", SpanScope.Machine));
    }

    [Fact]
    public void An_unfinished_span_holds_what_comes_until_the_end_of_its_section()
    {
        CaptureBuilder section = CaptureBuilder.Typical();
        byte[] capture = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Raw(section.Write(100, 4, "2").Write(100, 3, ">:1:a::").Write(100, 4, "3").ToArray()));
        Assert.Equal("1 3", Written(capture, "a"));
        Assert.Equal("1", ChosenSpans.Written(capture, ChosenSpans.Of(capture, s => s.Sequence == 1, SpanScope.Machine)));
    }

    [Fact]
    public void A_call_that_lies_in_several_chosen_spans_counts_once_and_for_the_innermost()
    {
        byte[] capture = Script(c =>
        {
            Clone(c, 101, NewThread).Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(101, 3, ">:2:b::").Write(100, 4, "22").Write(101, 3, ">:3:c::").Write(101, 4, "333");
            c.Write(101, 3, "<:3:c::").Write(101, 3, "<:2:b::").Write(100, 4, "4444").Write(100, 3, "<:1:a::").Write(100, 4, "55555");
        });
        IoQuery byTag = new() { Keys = [IoKey.SpanTag] };
        SpanSelection Both(SpanScope scope, SpanNesting nesting) => ChosenSpans.Of(capture, s => s.Tags.Text is "a" or "b", scope, nesting);
        Assert.Equal("a=7/3 b=3/1", ChosenSpans.Summed(capture, Both(SpanScope.Thread, SpanNesting.Any), byTag));
        Assert.Equal("a=7/3", ChosenSpans.Summed(capture, Both(SpanScope.Thread, SpanNesting.Innermost), byTag));

        IoQuery ofProcess = byTag with { Scope = SpanScope.Process };
        Assert.Equal("a=5/2 b=5/2", ChosenSpans.Summed(capture, Both(SpanScope.Process, SpanNesting.Any), ofProcess));
        Assert.Equal("a=5/2 b=2/1", ChosenSpans.Summed(capture, Both(SpanScope.Process, SpanNesting.Innermost), ofProcess));
        Assert.Equal("a=5/2 c=3/1 b=2/1", ChosenSpans.Summed(capture, null, ofProcess));
    }

    [Fact]
    public void A_tag_asked_for_is_looked_for_in_the_scope()
    {
        byte[] capture = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 3, ">:2:b::").Write(200, 4, "1").Write(100, 4, "22").Write(100, 3, "<:1:a::").Write(200, 4, "333"));
        IoQuery query = new() { Keys = [IoKey.ProcessName], Tag = t => t.Text == "a" };
        Assert.Equal("python=2/1", ChosenSpans.Summed(capture, null, query));
        Assert.Equal("python=2/1 other=1/1", ChosenSpans.Summed(capture, null, query with { Scope = SpanScope.Machine }));
        SpanSelection b = ChosenSpans.Of(capture, Tag("b"), SpanScope.Machine);
        Assert.Equal("python=2/1 other=1/1", ChosenSpans.Summed(capture, b, query with { Scope = SpanScope.Machine }));
    }

    [Fact]
    public void The_pass_ends_with_the_last_chosen_span()
    {
        byte[] capture = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, "<:1:a::").Write(100, 4, "2").Write(100, 4, "3").Write(100, 3, ">:1:open::").Write(100, 4, "4"));
        Assert.Equal(6, EventsRead(capture, ChosenSpans.Of(capture, Tag("a"))));
        Assert.Equal(14, EventsRead(capture, ChosenSpans.Of(capture, Tag("open"))));
    }

    [Fact]
    public void A_capture_that_has_other_spans_by_now_is_found_out_at_the_first_of_them()
    {
        byte[] before = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, "<:1:a::").Write(100, 3, ">:2:a::").Write(100, 3, "<:2:a::"));
        byte[] after = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, "<:1:a::").Write(100, 3, ">:3:a::").Write(100, 3, "<:3:a::"));
        byte[] shorter = Script(c => c.Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, "<:1:a::"));
        foreach (byte[] changed in (byte[][])[after, shorter])
        {
            CaptureChangedException e = Assert.Throws<CaptureChangedException>(() => Written(changed, ChosenSpans.Of(before, Tag("a"))));
            Assert.Equal("span 2, 'a' with the id 2, is not there any more", e.Message);
        }
    }

    [Fact]
    public void Orphans_and_spans_that_come_twice_make_no_difference()
    {
        byte[] capture = Script(c => c.Write(100, 3, "<:9:lost::").Write(100, 3, ">:1:a::").Write(100, 4, "1").Write(100, 3, "<:1:a::"));
        List<SpanRecord> spans = [];
        using (CaptureFile file = ChosenSpans.Open(capture))
            file.ReadSpans(new SpanQuery(), spans.Add);
        SpanSelection selection = new([.. spans, .. spans], SpanScope.Thread, SpanNesting.Any);
        Assert.Equal(1, selection.Count);
        Assert.Equal("1 <:1:a::", ChosenSpans.Written(capture, selection));
    }

    private static string Written(byte[] capture, SpanSelection spans) => ChosenSpans.Written(capture, spans);

    private static string Written(byte[] capture, string tag, SpanScope scope = SpanScope.Thread, SpanNesting nesting = SpanNesting.Any) =>
        Written(capture, ChosenSpans.Of(capture, Tag(tag), scope, nesting));

    private static Func<SpanRecord, bool> Tag(string tag) => span => span.Tags.Text == tag;

    private static long EventsRead(byte[] capture, SpanSelection spans)
    {
        using CaptureFile file = ChosenSpans.Open(capture);
        file.ReadEvents(new EventQuery { Spans = spans }, static _ => { });
        return file.Statistics.Events;
    }

    private static ProcessRecord Process(int tid, int parent) => CaptureBuilder.Process(tid) with { ParentTid = (ulong)parent };

    // Process 100 as usual, process 200 with the same descriptors, and more.
    private static byte[] Script(Action<CaptureBuilder> script, params ProcessRecord[] more)
    {
        CaptureBuilder other = new CaptureBuilder().Processes([CaptureBuilder.Process(200, "other"), .. more])
            .Fds(200, FdRecord.ForFile(3, "/dev/null", 2), FdRecord.ForFile(4, "/tmp/other", 2));
        CaptureBuilder capture = CaptureBuilder.Typical().Raw(other.ToArray());
        script(capture);
        return capture.ToArray();
    }
}
