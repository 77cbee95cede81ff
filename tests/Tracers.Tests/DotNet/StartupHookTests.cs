using Tracers.Engine.Spans;
using Tracers.Tests.Live;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>What a process writes that has loaded the startup hook.</summary>
[Collection(LiveCollection.Name)]
public sealed class StartupHookTests
{
    [SkippableFact]
    public async Task Markers_are_written_while_somebody_listens_and_at_no_other_time()
    {
        using DotNetService service = DotNetService.Start(environment: ("DOTNET_STARTUP_HOOKS", DotNetService.Hook));
        await Ask(service, "/sync/1");
        Assert.Equal(0, Markers(service));

        using HookSession session = HookSession.Start(service.Pid);
        Assert.Equal(4, Markers(service));
        using (HookSession second = HookSession.Start(service.Pid))
            second.Stop();
        Assert.Equal(4, Markers(service));
        session.Stop();
        Assert.Equal(0, Markers(service));

        // Again, and then the one who listens dies.
        using HookSession last = HookSession.Start(service.Pid);
        Assert.Equal(4, Markers(service));
        last.Abandon();
        Assert.Equal(0, Markers(service));
        service.Stop();
    }

    [SkippableFact]
    public async Task A_running_process_loads_it_once_and_its_requests_are_spans_by_their_routes()
    {
        using DotNetService service = DotNetService.Start();
        foreach (string path in (string[])["/sync/1", "/fail?k=2", "/branches?k=3", "/nothing"])
            await Ask(service, path);
        HookSession.Inject(service.Pid);
        using HookSession session = HookSession.Start(service.Pid);
        HookSession.Inject(service.Pid);
        using LiveRecording recording = LiveRecording.Of(
            () => Task.WaitAll(Ask(service, "/sync/4?secret=1"), Ask(service, "/fail?k=5"), Ask(service, "/branches?k=6"), Ask(service, "/nothing")),
            options => options with { ProcessIds = [service.Pid], SnapLength = 1000 });
        List<SpanRecord> spans = recording.Spans(static _ => true);
        Assert.All(spans, span => Assert.Equal(SpanState.Finished, span.State));
        Assert.Equal(
            [
                "GET /branches", "GET /branches.branches_handler", "GET /branches.branches_handler.branch_a", "GET /branches.branches_handler.branch_b",
                "GET /branches.branches_handler.branch_c", "GET /fail", "GET /fail.fail_handler", "GET /sync/{k:int}", "GET /sync/{k:int}.sync_handler",
                "Microsoft.AspNetCore.Hosting.HttpRequestIn",
            ],
            spans.Select(s => s.Tags.Text).Order(StringComparer.Ordinal));

        SpanRecord sync = spans.Single(s => s.Tags.Text == "GET /sync/{k:int}");
        Dictionary<string, string> first = MarkerText.SplitArguments(sync.Arguments).ToDictionary();
        Assert.Equal(["trace", "method", "protocol", "connection", "path"], MarkerText.SplitArguments(sync.Arguments).Select(a => a.Key));
        Assert.Equal(("GET", "/sync/4", "HTTP/1.1"), (first["method"], first["path"], first["protocol"]));
        Assert.Matches($"^127.0.0.1:{service.Address.Port}-127.0.0.1:[0-9]+$", first["connection"]);
        Assert.Equal("http.route=/sync/{k:int} http.request.method=GET http.response.status_code=200", EndArguments(sync));
        Assert.Equal("status=error reason=asked for", EndArguments(spans.Single(s => s.Tags.Text == "GET /fail.fail_handler")));
        Assert.Contains("http.response.status_code=500", EndArguments(spans.Single(s => s.Tags.Text == "GET /fail")), StringComparison.Ordinal);
        SpanRecord branches = spans.Single(s => s.Tags.Text == "GET /branches.branches_handler");
        Assert.All(
            spans.Where(s => s.Tags.Text.Contains("branch_", StringComparison.Ordinal)),
            s => Assert.Equal((ParentEvidence.Argument, branches.Id), (s.ParentEvidence, s.ParentId)));
    }

    // Beginnings and ends of spans that the service writes for a request.
    private static int Markers(DotNetService service)
    {
        using LiveRecording recording = LiveRecording.Of(
            () => Ask(service, "/sync/1").GetAwaiter().GetResult(), options => options with { ProcessIds = [service.Pid] });
        return recording.Of(service.Pid).Count(e => e.Marker is { Kind: MarkerKind.Open or MarkerKind.Close });
    }

    private static async Task Ask(DotNetService service, string path)
    {
        using HttpClient client = new() { BaseAddress = service.Address };
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
        await response.Content.ReadAsByteArrayAsync();
        await Task.Delay(ServiceLoad.Settling);
    }

    private static string EndArguments(SpanRecord span) => string.Join(' ', MarkerText.SplitArguments(span.EndArguments).Select(a => $"{a.Key}={a.Value}"));
}
