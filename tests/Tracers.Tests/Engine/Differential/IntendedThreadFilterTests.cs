using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Filters of threads and spans that accept other events than in sysdig on purpose: a small capture each.</summary>
public class IntendedThreadFilterTests
{
    private static CaptureBuilder Nested() => CaptureBuilder.Typical()
        .Write(100, 3, ">:1:a:k=v:").Write(100, 3, ">:1:a.b::").Write(100, 4, "x").Write(100, 3, "<:1:a.b::").Write(100, 3, "<:1:a::");

    [SkippableFact]
    public void The_beginning_of_an_inner_span_lies_in_the_outer_one_also_when_the_inner_one_fits()
    {
        IntendedFilter.AssertEvents(Nested(), "evtin.span.id=1", sysdig: [5, 6, 8, 10], ours: [4, 5, 6, 8, 10]);
        IntendedFilter.AssertEvents(Nested(), "evtin.span.tags=a", sysdig: [4, 5, 6, 8, 10], ours: [4, 5, 6, 8, 10]);
    }

    [SkippableFact]
    public void The_time_of_a_span_is_that_of_its_beginning_also_at_its_end() =>
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, "<:1:a::"), "span.time endswith .000001000", sysdig: [2], ours: [2, 4]);

    [SkippableFact]
    public void The_number_of_arguments_is_known_when_nothing_else_is_asked() =>
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Write(100, 3, ">:1:a:k=v:").Write(100, 3, "<:1:a::"), "span.nargs=1", sysdig: [], ours: [2, 4]);

    [SkippableFact]
    public void The_arguments_of_an_orphan_are_known() =>
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Write(100, 3, "<:1:a:r=1:"), "span.args=r=1", sysdig: [], ours: [2]);

    [SkippableFact]
    public void An_argument_of_a_span_is_found_by_its_name()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a:name=v,size=w:").Write(100, 4, "x");
        IntendedFilter.AssertEvents(capture, "evtin.span.arg.name=v", sysdig: [], ours: [3, 4]);
        IntendedFilter.AssertEvents(capture, "evtin.span.arg.name=w", sysdig: [3, 4], ours: []);
    }

    [SkippableFact]
    public void A_span_of_a_process_holds_all_its_threads_and_one_of_a_script_the_process_itself()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100), CaptureBuilder.Process(101, pid: 100, flags: 0x2001), CaptureBuilder.Process(300) with { ParentTid = 100 })
            .Fds(100, FdRecord.ForFile(3, "/dev/null", 2)).Write(100, 3, ">:1:a::").Event(100, 60).Event(101, 60).Event(300, 60);
        IntendedFilter.AssertEvents(capture, "evtin.span.p.id=1 and evt.type=pipe", sysdig: [3], ours: [3, 4]);
        IntendedFilter.AssertEvents(capture, "evtin.span.s.id=1 and evt.type=pipe", sysdig: [5], ours: [3, 4, 5]);
    }

    [SkippableFact]
    public void What_is_not_known_of_a_thread_is_no_number()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100)).Event(77, 60);
        IntendedFilter.AssertEvents(capture, "proc.sid=-1", sysdig: [1], ours: []);
        IntendedFilter.AssertEvents(capture, "user.uid!=0", sysdig: [1], ours: []);
        IntendedFilter.AssertEvents(capture, "container.id=host", sysdig: [1], ours: []);
    }

    [SkippableFact]
    public void A_descriptor_that_is_closed_and_a_thread_that_has_ended_do_not_count()
    {
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Close(100, 4), "proc.fdopencount=3", sysdig: [1, 2], ours: [1]);
        CaptureBuilder threads = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100), CaptureBuilder.Process(101, pid: 100, flags: 0x2001)).Event(101, 60).Event(101, 186, 0L);
        IntendedFilter.AssertEvents(threads, "proc.nthreads=2", sysdig: [1, 2], ours: [1]);
    }

    [SkippableFact]
    public void Memory_changes_whatever_the_filter_accepts() => IntendedFilter.AssertEvents(
        CaptureBuilder.Typical().Event(100, 158, 0L).Event(100, 159, 0L, 9000u, 5000u, 1u).Event(100, 60), "proc.vmsize=9000", sysdig: [], ours: [2, 3]);

    [SkippableFact]
    public void An_ancestor_is_found_in_a_list() => IntendedFilter.AssertEvents(
        new CaptureBuilder().Header().Processes(CaptureBuilder.Process(1), CaptureBuilder.Process(100)).Event(100, 60), "proc.apid in (1, 2)", sysdig: [], ours: [1]);
}
