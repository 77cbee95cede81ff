using Tracers.Engine;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.Scap;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Tables;

/// <summary>Processes at a moment, and what they did until then.</summary>
public class ProcessTableTests
{
    private static readonly ProcessQuery s_all = new() { IncludeExited = true };

    [Fact]
    public void A_process_has_what_its_threads_did_together()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(150, Tables.NewThread)
            .Write(100, 4, "12345").Read(150, 5, 7).Read(150, 4, -5).Write(150, 4, "xx"u8.ToArray());
        ProcessRow row = Assert.Single(Tables.Processes(capture, new ProcessQuery()));
        Assert.Equal((100, "python", 2), (row.Thread.Pid, row.Thread.Name, row.Threads));

        // Four calls and both returns of clone.
        Assert.Equal((6, 1, 7, 7, 7, 7), Totals(row));
    }

    [Fact]
    public void With_threads_each_has_its_own()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(150, Tables.NewThread).Write(100, 4, "12345").Read(150, 5, 7);
        List<ProcessRow> rows = Tables.Processes(capture, new ProcessQuery { Threads = true });
        Assert.Equal([(100, 100, 2), (100, 150, 2)], rows.Select(static row => (row.Thread.Pid, row.Thread.Tid, row.Threads)));
        Assert.Equal([(2, 0, 0, 5, 5, 0), (2, 0, 7, 0, 0, 7)], rows.Select(Totals));
    }

    [Fact]
    public void Markers_are_no_activity()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, "no marker");
        Assert.Equal((1, 0, 0, 9, 9, 0), Totals(Assert.Single(Tables.Processes(capture, new ProcessQuery()))));
    }

    [Fact]
    public void A_process_that_ended_is_shown_only_when_asked_for()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Write(160, 4, "abc").Exit(160);
        Assert.Equal([100], Tables.Processes(capture, new ProcessQuery()).Select(static row => row.Thread.Pid));

        List<ProcessRow> rows = Tables.Processes(capture, s_all);
        Assert.Equal([(100, true), (160, false)], rows.Select(static row => (row.Thread.Pid, row.IsRunning)));
        Assert.Equal((CaptureBuilder.Start + 1000, CaptureBuilder.Start + 5000), (rows[1].Started, rows[1].Exited));
        Assert.Equal((2, 0, 0, 3, 3, 0), Totals(rows[1]));
        Assert.Null(rows[1].OpenFds);
    }

    [Fact]
    public void A_process_lives_until_its_last_thread_ends()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Clone(161, Tables.NewThread, parent: 160).Exit(160).Write(161, 4, "abc");
        Assert.Equal([(160, 3L)], Rest(Tables.Processes(capture, new ProcessQuery())));
        capture.Exit(161);
        Assert.Empty(Rest(Tables.Processes(capture, new ProcessQuery())));
        ProcessRow ended = Tables.Processes(capture, s_all)[1];
        Assert.Equal((160, false, capture.Now - 1000, 3), (ended.Thread.Pid, ended.IsRunning, ended.Exited, ended.Totals.WriteBytes));

        static IEnumerable<(int, long)> Rest(List<ProcessRow> rows) => rows.Skip(1).Select(static row => (row.Thread.Pid, row.Totals.WriteBytes));
    }

    [Fact]
    public void A_process_whose_thread_runs_another_program_goes_on()
    {
        // The kernel ends all threads but the one that called, which becomes the main one.
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(150, Tables.NewThread).Exit(100).Exec(100, "cat");
        Assert.Equal([(100, "cat", 0L)], Tables.Processes(capture, s_all).Where(static row => row.IsRunning).Select(static row => (row.Thread.Pid, row.Thread.Name!, row.Exited)));
    }

    [Fact]
    public void A_number_that_is_given_again_is_another_process()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Write(160, 4, "a").Exit(160).Clone(160).Exec(160, "cat").Write(160, 4, "bb");
        Assert.Equal(
            [("python", false, 1L), ("cat", true, 2L)],
            Tables.Processes(capture, s_all with { ProcessIds = new HashSet<int> { 160 } }).Select(static row => (row.Thread.Name!, row.IsRunning, row.Totals.WriteBytes)));
    }

    [Fact]
    public void What_comes_behind_the_end_of_a_thread_is_no_process()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Exit(160).Event(160, 5, 0L);
        Assert.Equal([100], Tables.Processes(capture, new ProcessQuery()).Select(static row => row.Thread.Pid));
        Assert.Equal([100, 160], Tables.Processes(capture, s_all).Select(static row => row.Thread.Pid));
    }

    [Fact]
    public void A_thread_that_the_capture_says_nothing_of_is_a_process_without_a_name()
    {
        ProcessRow row = Tables.Processes(CaptureBuilder.Typical().Read(300, 4, 10), new ProcessQuery())[1];
        Assert.Equal((300, null, null, null, -1, ""), (row.Thread.Pid, row.Thread.Name, row.User, row.Container, row.ParentPid, row.WorkingDirectory));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(1000, 3)]
    public void What_happened_before_the_moment_counts(long microseconds, long calls)
    {
        // Each call enters at an even microsecond and returns at the next.
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 4, "a").Write(100, 4, "b").Write(100, 4, "c");
        ProcessRow row = Assert.Single(Tables.Processes(capture, new ProcessQuery { At = Tables.Microseconds(microseconds) }));
        Assert.Equal((calls, calls), (row.Totals.Calls, row.Totals.WriteBytes));
    }

    [Fact]
    public void Activity_counts_from_a_moment_on_and_the_state_does_not()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Write(100, 4, "aaaa").Write(160, 4, "b");
        List<ProcessRow> rows = Tables.Processes(capture, new ProcessQuery { After = Tables.Microseconds(5) });
        Assert.Equal([(100, 0L), (160, 1L)], rows.Select(static row => (row.Thread.Pid, row.Totals.WriteBytes)));
    }

    [Fact]
    public void What_comes_late_and_lies_before_the_moment_counts_and_nothing_behind_it_does()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 4, "a");
        long late = capture.Now;
        capture.Now += 50_000;
        capture.Clone(160);
        capture.Now = late;
        capture.Clone(161).Write(100, 4, "bb");
        List<ProcessRow> rows = Tables.Processes(capture, s_all with { At = Tables.Microseconds(20) });
        Assert.Equal([(100, 3L), (161, 0L)], rows.Select(static row => (row.Thread.Pid, row.Totals.WriteBytes)));
    }

    [Fact]
    public void Of_several_captures_in_a_file_the_one_of_the_moment_counts()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 4, "a");
        capture.Now += 1_000_000_000;
        capture.Header().Processes(CaptureBuilder.Process(500, "later")).Write(500, 4, "bb");
        Assert.Equal([100], Tables.Processes(capture, new ProcessQuery { At = Tables.Microseconds(1) }).Select(static row => row.Thread.Pid));
        Assert.Equal([500], Tables.Processes(capture, new ProcessQuery { At = Tables.Microseconds(2_000_000) }).Select(static row => row.Thread.Pid));
    }

    [Fact]
    public void A_process_that_is_in_the_next_capture_of_the_file_too_goes_on()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 4, "a").Header().Processes(CaptureBuilder.Process(100)).Write(100, 4, "bb");
        ProcessRow row = Assert.Single(Tables.Processes(capture, s_all));
        Assert.Equal((true, 3L, 2L), (row.IsRunning, row.Totals.WriteBytes, row.Totals.Calls));
    }

    [Fact]
    public void Memory_is_what_was_told_last_by_a_list_a_program_a_call_or_a_switch()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(
            CaptureBuilder.Process(100) with { VmSizeKb = 1000, VmRssKb = 100 }, CaptureBuilder.Process(150, pid: 100, flags: Tables.NewThread)).Read(100, 4, 1);
        Assert.Equal((1000u, 100u), Memory());
        capture.Event(150, 160).Event(150, 161, 0L, 2000u, 200u, 0u);
        Assert.Equal((2000u, 200u), Memory());
        capture.Event(150, 152, 1L, 0L, 0L, 3000u, 300u, 0u);
        Assert.Equal((3000u, 300u), Memory());
        capture.Exec(100, "cat", size: 50, resident: 5);
        Assert.Equal((50u, 5u), Memory());
        capture.Clone(160, size: 60, resident: 6);
        Assert.Equal((60u, 6u), Memory(160));

        (uint, uint) Memory(int pid = 100)
        {
            ProcessRow row = Tables.Processes(capture, new ProcessQuery()).Single(row => row.Thread.Pid == pid);
            return (row.VmSizeKb, row.VmRssKb);
        }
    }

    [Fact]
    public void A_process_is_told_apart_by_its_session_and_its_user()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(
            CaptureBuilder.Process(100, "sshd") with { SessionId = 100, Uid = 7, Gid = 8, LoginUid = -1 },
            CaptureBuilder.Process(101, "bash") with { SessionId = 100, Uid = 7, Gid = uint.MaxValue, LoginUid = 9 });
        capture.Read(100, 4, 1).Event(100, 354, 7u, 8u, "mary", "/home/mary", "/bin/sh", "");
        List<ProcessRow> rows = Tables.Processes(capture, new ProcessQuery());
        Assert.Equal(
            [("sshd", "sshd", "mary", "8", null), ("bash", "sshd", "mary", null, "9")],
            rows.Select(static row => (row.Thread.Name!, row.SessionLeader, row.User, row.Group, row.LoginUser)));
    }

    [Fact]
    public void Only_the_processes_that_are_asked_for_have_rows()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Clone(160).Exec(160, "cat").Clone(161);
        Assert.Equal([160], Tables.Processes(capture, new ProcessQuery { ProcessName = static name => name == "cat" }).Select(static row => row.Thread.Pid));
        Assert.Equal([161], Tables.Processes(capture, new ProcessQuery { ProcessIds = new HashSet<int> { 161 } }).Select(static row => row.Thread.Pid));
    }

    [Fact]
    public void A_damaged_capture_gives_what_is_whole_and_then_the_error()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 4, "abc").Raw(1, 2, 3);
        List<ProcessRow> rows = [];
        using CaptureFile file = Tables.Open(capture);
        Assert.Throws<ScapFormatException>(() => file.ReadProcesses(new ProcessQuery(), rows.Add));
        Assert.Equal(3, Assert.Single(rows).Totals.WriteBytes);
    }

    [Fact]
    public void A_table_of_a_stopped_pass_is_not_handed_out()
    {
        List<ProcessRow> rows = [];
        using CaptureFile file = new("memory", MemorySource.Of(CaptureBuilder.Typical().Write(100, 4, "abc").ToArray()), keepArguments: false, new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => file.ReadProcesses(new ProcessQuery(), rows.Add));
        Assert.Empty(rows);
    }

    private static (long Calls, long Errors, long Read, long Written, long Files, long Network) Totals(ProcessRow row) =>
        (row.Totals.Calls, row.Totals.Errors, row.Totals.ReadBytes, row.Totals.WriteBytes, row.Totals.FileBytes, row.Totals.NetworkBytes);
}
