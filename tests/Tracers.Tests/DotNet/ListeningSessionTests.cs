using System.Diagnostics;
using System.Globalization;
using Tracers.DotNet;
using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Runtimes;
using Tracers.Tests.Shell;
using Xunit;

namespace Tracers.Tests.DotNet;

public sealed class ListeningSessionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly RuntimeDiagnostics s_diagnostics = new();

    [Fact]
    public async Task Requests_are_said_with_activities_routes_connections_and_status_in_the_order_of_time()
    {
        using DotNetService service = DotNetService.Start();
        SinkLog log = new();
        IReadOnlyList<ServedRequest> served;
        using (IRuntimeSession session = s_diagnostics.Listen(service.Pid, RuntimeListening.Activities, log))
        {
            served = await ServiceLoad.RunAsync(service.Address, 18, 2, ["sync", "async"]);
            using HttpClient client = new() { BaseAddress = service.Address };
            (await client.GetAsync(new Uri("fail?k=1", UriKind.Relative))).Dispose();
            Assert.True(SinkLog.Wait(() => log.Ended.Count(e => e.Value.Tags.ContainsKey("http.response.status_code")) == 19), "Requests are missing.");
            session.Stop(s_patience);
            Assert.Equal((true, null), (session.HasEnded, session.Problem));
        }

        Assert.Null(log.Disorder);
        Assert.Equal(0, log.LostEvents);
        Assert.Equal(service.Pid, log.Trace!.Pid);
        Dictionary<ulong, RuntimeActivity> activities = log.Began.ToDictionary(b => b.Value.Id, b => b.Value);
        RuntimeRequest[] requests = [.. log.Of<RuntimeRequest>(nameof(log.RequestBegan)).Select(r => r.Value)];
        Assert.Equal(19, requests.Length);
        Assert.All(requests, r => Assert.Equal(("Microsoft.AspNetCore.Hosting.HttpRequestIn", 0UL), (activities[r.ActivityId].Name, activities[r.ActivityId].ParentId)));
        Assert.All(requests, r => Assert.Equal(("GET", "HTTP/1.1", $"127.0.0.1:{service.Address.Port}"), (r.Method, r.Protocol, r.LocalEnd)));
        Assert.Subset(requests.Select(r => r.RemoteEnd).ToHashSet(), served.Select(r => $"{r.Client.Address.MapToIPv4()}:{r.Client.Port}").ToHashSet());

        // Every other activity is inside of a request of the same trace.
        Assert.All(activities.Values.Where(a => a.ParentId != 0), a => Assert.Equal(activities[a.ParentId].TraceId, a.TraceId));
        Assert.Contains(activities.Values, a => a.ParentId != 0);
        (Guid Context, string Route)[] routes = [.. log.Of<(Guid, string)>(nameof(log.RouteFound)).Select(r => r.Value)];
        Assert.Equal(["GET /async", "GET /fail", "GET /sync", "GET /sync/{k:int}"], routes.Select(r => r.Route).Distinct().Order());
        Assert.All(routes, r => Assert.Contains(activities.Values, a => a.Context == r.Context));

        Assert.Equal(19, log.Ended.Count(e => requests.Any(r => r.ActivityId == e.Value.Id)));
        EndedActivity failed = Assert.Single(log.Ended, e => e.Value.Tags.GetValueOrDefault("http.response.status_code") == "500").Value;
        Assert.True(failed.Failed);
        Assert.Equal("/fail", requests.Single(r => r.ActivityId == failed.Id).Path);
    }

    [Fact]
    public async Task A_second_listener_takes_the_activities_over_and_the_first_one_says_so()
    {
        using DotNetService service = DotNetService.Start();
        SinkLog first = new(), second = new();
        using IRuntimeSession session = s_diagnostics.Listen(service.Pid, RuntimeListening.Activities, first);
        await ServiceLoad.RunAsync(service.Address, 4, 1, ["sync"]);
        Assert.True(SinkLog.Wait(() => first.Ended.Count >= 8), "Activities are missing.");
        Assert.Null(session.Problem);
        using (s_diagnostics.Listen(service.Pid, RuntimeListening.Activities, second))
        {
            Assert.True(SinkLog.Wait(() => session.Problem is not null), "Nothing was said.");
            Assert.Contains("Another tool", session.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Times_are_the_kernels_monotonic_clock()
    {
        using ShellProcess shell = StartClock();
        SinkLog log = new();
        long before = (long)MonotonicClock.Now;
        using IRuntimeSession session = s_diagnostics.Listen(shell.Id, RuntimeListening.Activities, log);
        Assert.True(SinkLog.Wait(() => log.Ended.Count >= 20), "No activities.");
        session.Stop(s_patience);
        long after = (long)MonotonicClock.Now;
        Dictionary<ulong, long> starts = log.Began.ToDictionary(b => b.Value.Id, b => b.Moment.Time);
        long closest = long.MaxValue;
        foreach (EndedActivity ended in log.Ended.Select(e => e.Value).Where(e => starts.ContainsKey(e.Id)))
        {
            long start = starts[ended.Id];
            Assert.InRange(start, long.Parse(ended.Tags["t0"], CultureInfo.InvariantCulture), long.Parse(ended.Tags["t1"], CultureInfo.InvariantCulture));
            closest = Math.Min(closest, long.Parse(ended.Tags["t1"], CultureInfo.InvariantCulture) - start);
            Assert.InRange(start, before, after);
        }

        // The way from the event's stamp to the script's next line, at best.
        Assert.InRange(closest, 0, 1_000_000);
        Assert.InRange(log.Trace!.ClockTime, before, after);
        Assert.InRange(log.Trace.WallTime - (log.Trace.ClockTime + MonotonicClock.OffsetToRealtime()), -3_000_000, 3_000_000);
    }

    [Fact]
    public void A_quiet_process_says_twice_a_second_what_time_it_is()
    {
        using DotNetService service = DotNetService.Start();
        SinkLog log = new();
        using IRuntimeSession session = s_diagnostics.Listen(service.Pid, RuntimeListening.Hook, log);
        Assert.True(SinkLog.Wait(() => log.ReachedTime > 0), "It says nothing.");
        long begin = log.ReachedTime;
        Assert.True(SinkLog.Wait(() => log.ReachedTime > begin + 1_500_000_000, 10), "The time stands still.");
        Assert.InRange((long)MonotonicClock.Now - log.ReachedTime, 0, 5_000_000_000);
        session.Stop(s_patience);
        Assert.Empty(log.Began);
        Assert.Null(log.Disorder);
    }

    [Fact]
    public async Task A_process_that_is_killed_ends_the_session_without_a_problem()
    {
        using DotNetService service = DotNetService.Start();
        SinkLog log = new();
        using IRuntimeSession session = s_diagnostics.Listen(service.Pid, RuntimeListening.Activities, log);
        await ServiceLoad.RunAsync(service.Address, 50, 2, ["sync"]);
        service.Kill();
        Assert.True(SinkLog.Wait(() => session.HasEnded), "It still listens.");
        Assert.Null(session.Problem);
        session.Stop(s_patience);
        session.Stop(s_patience);
        Assert.Null(session.Problem);
        Assert.Null(log.Disorder);
    }

    [Fact]
    public void Ending_a_session_of_a_stopped_process_takes_no_longer_than_allowed()
    {
        using DotNetService service = DotNetService.Start();
        IRuntimeSession session = s_diagnostics.Listen(service.Pid, RuntimeListening.Activities, new SinkLog());
        ProcessFinderTests.Signal("STOP", service.Pid);
        try
        {
            long begin = Stopwatch.GetTimestamp();
            session.Stop(TimeSpan.FromSeconds(1));
            Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5));
            session.Dispose();
            Assert.Null(session.Problem);
        }
        finally
        {
            ProcessFinderTests.Signal("CONT", service.Pid);
        }
    }

    private static ShellProcess StartClock()
    {
        ShellProcess shell = ShellProcess.Start(
        [
            "-Command",
            """
            $source = [System.Diagnostics.ActivitySource]::new('Shell')
            'ready'
            while ($true) {
                $t0 = [System.Diagnostics.Stopwatch]::GetTimestamp()
                $activity = $source.StartActivity('clock')
                $t1 = [System.Diagnostics.Stopwatch]::GetTimestamp()
                if ($activity) { $null = $activity.SetTag('t0', $t0).SetTag('t1', $t1); $activity.Stop() }
                [System.Threading.Thread]::Sleep(20)
            }
            """,
        ]);
        Assert.Equal("ready", shell.ReadLine());
        return shell;
    }
}
