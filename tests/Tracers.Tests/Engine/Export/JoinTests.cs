using System.Net;
using Tracers.Engine;
using Tracers.Engine.Export;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine.Runtimes;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Export;

/// <summary>What a trace says stands among the events of a capture of the same time.</summary>
public sealed class JoinTests : IDisposable
{
    private const int Pid = TraceScript.Pid;
    private const int Worker = 4720;
    private const int Poller = 4730;

    // The realtime clock minus the runtime's, as a capture of this project says it.
    private const long Offset = CaptureBuilder.Start - TraceScript.Clock;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Calls_are_in_the_span_that_their_thread_ran_at_their_time()
    {
        CaptureBuilder capture = Machine();
        Read(capture, 50, Worker, 1);
        Read(capture, 150, Worker, 2);
        Read(capture, 250, Worker, 3);
        Read(capture, 350, Pid, 4);
        Read(capture, 450, Worker, 5);
        Joined joined = Join(capture, new TraceScript { WallTime = Wall(0) }
            .Begin(100, Worker, 0x20, "a").Begin(200, Worker, 0x30, "b", parent: 0x20).Switch(300, Worker, 0).Switch(320, Pid, 0x30)
            .End(400, Pid, 0x30).End(420, Pid, 0x20).Switch(420, Pid, 0).Reach(9_000_000));
        Assert.Equal(["1 null", "2 a", "3 a.b", "4 a.b", "5 null"], Reads(joined.Reading));
        Assert.Equal(["a.b 200-400 4720-4711", "a 100-420 4720-4711"], Spans(joined.Reading));
        Assert.Equal((false, 2L), (joined.IsApproximate, joined.Spans));
    }

    [Fact]
    public void The_capture_s_own_clock_counts_and_not_the_time_of_day_in_the_trace()
    {
        CaptureBuilder capture = Machine();
        Read(capture, 150, Worker, 2);
        Assert.Equal(["2 a"], Reads(Join(capture, Request(new TraceScript { WallTime = Wall(3_000_000) })).Reading));
        Assert.Equal(["2 a"], Reads(Join(capture, Request(new TraceScript { WallTime = Wall(-3_000_000) })).Reading));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_480_000_000_000_000_000 - TraceScript.Clock)]
    public void Where_the_capture_does_not_say_how_the_clocks_differ_the_time_of_day_is_taken(long boot)
    {
        CaptureBuilder capture = Machine(boot);
        Read(capture, 150, Worker, 2);
        Joined joined = Join(capture, Request(new TraceScript { WallTime = Wall(0) }));
        Assert.True(joined.IsApproximate);
        Assert.Equal(["2 a"], Reads(joined.Reading));
        Assert.Equal(["2 null"], Reads(Join(capture, Request(new TraceScript { WallTime = Wall(200) })).Reading));
    }

    [Fact]
    public void Clocks_that_differ_by_more_than_anybody_sets_are_of_two_machines_or_boots()
    {
        CaptureBuilder capture = Machine();
        Read(capture, 150, Worker, 2);
        JoinException e = Assert.Throws<JoinException>(() => Join(capture, Request(new TraceScript { WallTime = Wall(12_000_000) })));
        Assert.Contains("11 s", e.Message, StringComparison.Ordinal);
    }

    // The machine has a process 1 too.
    [Theory]
    [InlineData("/srv/web --port 80", 9000)]
    [InlineData("/sbin/init", 1)]
    public void Of_two_processes_with_the_number_it_is_the_one_that_was_started_as_the_trace_says(string commandLine, int pid)
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Raw(MachineBlock(Offset + 1)).Processes(
            CaptureBuilder.Process(1, "init") with { Exe = "/sbin/init", VTid = 1, VPid = 1 },
            CaptureBuilder.Process(9000, "web") with { Exe = "/srv/web", Arguments = ByteText.FromList(["--port", "80"]), VTid = 1, VPid = 1 });
        Begin(capture, 9000);
        capture.Now = Wall(300);
        capture.Close(9000, 9);
        Joined joined = Join(capture, new TraceScript { WallTime = Wall(0), ProcessId = 1, CommandLine = commandLine }.Begin(100, 1, 0x20, "a").End(200, 1, 0x20));
        Assert.Equal([$"a 100-200 {pid}-{pid}"], Spans(joined.Reading));
    }

    [Fact]
    public void A_process_in_a_namespace_of_its_own_is_found_by_the_numbers_that_it_has_there()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Raw(MachineBlock(Offset + 1)).Processes(
            CaptureBuilder.Process(50, "init"),
            CaptureBuilder.Process(9000, "web") with { VTid = 1, VPid = 1 },
            CaptureBuilder.Process(9010, "web", pid: 9000, flags: 1) with { VTid = 50, VPid = 1 });
        Begin(capture.Fds(9000, FdRecord.ForFile(4, "/srv/data", 3)).Fds(50, FdRecord.ForFile(4, "/srv/data", 3)), 9000);
        Read(capture, 150, 9010, 2);
        Read(capture, 160, 50, 3);
        Read(capture, 250, 9010, 4);
        Joined joined = Join(capture, new TraceScript { WallTime = Wall(0), ProcessId = 1 }
            .Begin(100, 50, 0x20, "a").End(200, 50, 0x20).Begin(110, 60, 0x40, "gone").End(120, 60, 0x40).Reach(9_000_000));
        Assert.Equal(["2 a", "3 null", "4 null"], Reads(joined.Reading));
        Assert.Equal(["a 100-200 9010-9010"], Spans(joined.Reading));
    }

    [Fact]
    public void What_a_connection_does_for_a_request_is_in_its_span()
    {
        CaptureBuilder capture = Machine();
        Move(capture, 90, Poller, 6, 70);
        Move(capture, 150, Poller, 8, 300);
        Read(capture, 220, Worker, 1);
        Joined joined = Join(capture, new TraceScript { WallTime = Wall(0) }
            .Begin(100, Worker, 0x20, "In").Request(100, Worker, 0x20).Route(110, Worker, 0x20, "GET /users/{id}").End(200, Worker, 0x20).Switch(200, Worker, 0).Reach(9_000_000));
        Assert.Equal(["70 GET /users/{id}.receive", "300 GET /users/{id}.send", "1 null"], Reads(joined.Reading));
    }

    [Fact]
    public void What_the_runtime_lost_is_lost_to_the_joined_capture_too()
    {
        CaptureBuilder capture = Machine();
        Read(capture, 150, Worker, 2);
        Read(capture, 250, Worker, 3);
        Joined joined = Join(capture, new TraceScript { WallTime = Wall(0) }.Begin(100, Worker, 0x20, "a").Lose(7).End(200, Worker, 0x20).Reach(9_000_000));
        Assert.Equal(7, joined.Reading.Statistics.LostEvents);
    }

    [Fact]
    public void A_trace_that_is_cut_off_gives_what_is_before_that()
    {
        CaptureBuilder capture = Machine();
        Read(capture, 150, Worker, 2);
        Read(capture, 250, Worker, 3);
        Joined joined = Join(capture, new TraceScript { WallTime = Wall(0), Failure = new IOException("Gone.") }.Begin(100, Worker, 0x20, "a").End(200, Worker, 0x20));
        Assert.Equal(["2 a", "3 null"], Reads(joined.Reading));
        Assert.Equal("Gone.", joined.Error!.Message);
    }

    private static TraceScript Request(TraceScript script) => script.Begin(100, Worker, 0x20, "a").End(200, Worker, 0x20).Reach(9_000_000);

    private static long Wall(long microseconds) => CaptureBuilder.Start + (microseconds * 1000);

    // The moment is no whole second, as one that was rounded would be.
    private static CaptureBuilder Machine(long boot = Offset + 1)
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Raw(MachineBlock(boot)).Processes(
            CaptureBuilder.Process(Pid, "web"), CaptureBuilder.Process(Worker, "web", pid: Pid, flags: 1), CaptureBuilder.Process(Poller, "web", pid: Pid, flags: 1));
        capture.Fds(
            Pid,
            FdRecord.ForFile(4, "/srv/data", 3),
            FdRecord.ForServer(5, IPEndPoint.Parse("127.0.0.1:5000"), 1),
            FdRecord.ForSocket(6, IPEndPoint.Parse("127.0.0.1:5000"), IPEndPoint.Parse("127.0.0.1:40000"), 1));
        return Begin(capture, Pid);
    }

    // What begins before the first event began before the capture.
    private static CaptureBuilder Begin(CaptureBuilder capture, int tid) => capture.Close(tid, 9);

    private static byte[] MachineBlock(long boot) =>
        Written.AfterHeader(w => w.WriteMachineInfo(new MachineInfo { CpuCount = 2, MemoryBytes = 1 << 30, HostName = "web", BootTime = (ulong)boot }));

    private static void Read(CaptureBuilder capture, long time, int tid, long bytes)
    {
        capture.Now = Wall(time);
        capture.Read(tid, 4, bytes);
    }

    // Reads from the connection, or writes to it.
    private static void Move(CaptureBuilder capture, long time, int tid, ushort type, long bytes)
    {
        capture.Now = Wall(time);
        capture.Event(tid, type, 6L, (uint)bytes).Event(tid, (ushort)(type + 1), bytes, Array.Empty<byte>());
    }

    private static IEnumerable<string> Reads(Reading reading) =>
        reading.Io.Where(io => io.FdName is not "/dev/null").Select(io => $"{io.Result} {io.SpanTags ?? "null"}");

    private static IEnumerable<string> Spans(Reading reading) => reading.Spans.Where(span => span.State == SpanState.Finished)
        .Select(span => $"{span.Tags.Text} {At(span.Start)}-{At(span.End)} {span.Opener.Tid}-{span.Closer?.Tid}");

    private static long At(long time) => (time - CaptureBuilder.Start) / 1000;

    private Joined Join(CaptureBuilder capture, TraceScript script)
    {
        string path = ScriptedDiagnostics.Write(Path.Join(_folder.FullName, $"{Guid.NewGuid()}.nettrace"), script);
        using MemoryStream stream = new();
        CaptureJoin? join = null;
        Exception? error;
        using (RuntimeTraceFeed feed = new(RuntimeProvider.Diagnostics!(), path, CancellationToken.None))
        using (ExportOutput output = new(stream, compress: false))
        using (CaptureFile file = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: true, CancellationToken.None))
        {
            feed.WaitForBeginning();
            file.Join(pass => join = new CaptureJoin(pass, [new JoinedTrace(feed)], output));
            error = feed.Error;
        }

        return new Joined(Reading.Of(stream.ToArray()), join!.IsApproximate, join.Spans, error);
    }

    private sealed record Joined(Reading Reading, bool IsApproximate, long Spans, Exception? Error);
}
