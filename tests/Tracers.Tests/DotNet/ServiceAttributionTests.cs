using Microsoft.Diagnostics.NETCore.Client;
using Tracers.DotNet;
using Tracers.DotNet.Sessions;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Export;
using Tracers.Engine.Runtimes;
using Tracers.Tests.Live;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>A service is recorded while it answers requests whose reads say by their length which request they are for.</summary>
[Collection(LiveCollection.Name)]
public sealed class ServiceAttributionTests
{
    private const int Requests = 3_000;

    // What is joined has been said in the same way as what is listened to.
    private const int JoinedRequests = 900;
    private const int AtATime = 16;
    private const int Reads = 5;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_read_and_every_byte_of_a_connection_is_in_the_span_of_its_request(bool hook)
    {
        using DotNetService service = DotNetService.Start();
        await ServiceLoad.RunAsync(service.Address, 90, AtATime);
        IReadOnlyList<ServedRequest> served = [];
        using LiveRecording recording = Record(service, Load(service, Requests, s => served = s), new RuntimeOptions
        {
            Diagnostics = new RuntimeDiagnostics(),
            ProcessIds = [service.Pid],
            Hook = hook ? DotNetService.Hook : null,
        });
        Assert.Equal(0, recording.Progress.LostEvents);
        Check(recording.Path, service.Pid, served);
    }

    [SkippableFact]
    public async Task A_trace_that_was_taken_apart_joins_to_the_same()
    {
        using DotNetService service = DotNetService.Start();
        await ServiceLoad.RunAsync(service.Address, 90, AtATime);
        using TempFile trace = new();
        IReadOnlyList<ServedRequest> served = [];
        using LiveRecording recording = Record(service, () =>
        {
            using EventPipeSession session = new DiagnosticsClient(service.Pid).StartEventPipeSession(
                new EventPipeSessionConfiguration(SessionProviders.Of(RuntimeListening.Activities), requestRundown: false, requestStackwalk: false));
            using FileStream file = File.Create(trace.Path);
            Task copy = session.EventStream.CopyToAsync(file);
            Load(service, JoinedRequests, s => served = s)();
            session.Stop();
            copy.Wait();
        });
        using TempFile joined = new();
        using (RuntimeTraceFeed feed = new(new RuntimeDiagnostics(), trace.Path, CancellationToken.None))
        using (ExportOutput output = new(File.Create(joined.Path), compress: false))
        using (CaptureFile file = new(recording.Path, keepArguments: true, CancellationToken.None))
        {
            feed.WaitForBeginning();
            CaptureJoin? join = null;
            file.Join(pass => join = new CaptureJoin(pass, [new JoinedTrace(feed)], output));
            Assert.Null(feed.Error);
            Assert.False(join!.IsApproximate);
        }

        Check(joined.Path, service.Pid, served);
    }

    private static Action Load(DotNetService service, int requests, Action<IReadOnlyList<ServedRequest>> take) =>
        () => take(ServiceLoad.RunAsync(service.Address, requests, AtATime).GetAwaiter().GetResult());

    private static LiveRecording Record(DotNetService service, Action work, RuntimeOptions? runtimes = null) =>
        LiveRecording.Of(work, options => options with { ProcessIds = [service.Pid], Runtimes = runtimes });

    private static void Check(string path, int pid, IReadOnlyList<ServedRequest> served)
    {
        ServedSpans spans = new(path, served);
        List<EventRecord> calls = CallsOf(path, pid);
        List<string> wrong = [];
        Dictionary<string, int> reads = [];
        foreach (EventRecord e in calls.Where(static e => e is { IsIo: true, Info.Name: "pread", Result: > ServiceLoad.FirstLength }))
        {
            int k = (int)e.Result - ServiceLoad.FirstLength;
            string innermost = e.Span?.Tags.Text ?? "none";
            reads[innermost] = reads.GetValueOrDefault(innermost) + 1;
            if (e.Span is not null && spans.NumberOf(e.Span) != k)
                wrong.Add($"{e.Number}: a read of request {k} in {innermost} of {spans.NumberOf(e.Span)}");
        }

        Assert.Empty(wrong);
        Assert.Equal(ExpectedReads(served), new SortedDictionary<string, int>(reads));

        Dictionary<int, long> sent = spans.BytesBy(calls, ".send");
        Assert.Empty(served.Where(r => sent.GetValueOrDefault(r.K) != r.ResponseBytes).Select(r => $"{r.K} {r.Route}: {sent.GetValueOrDefault(r.K)} of {r.ResponseBytes}"));

        // To see whether anything has come the server looks at one byte, which stays where it is.
        Dictionary<int, long> received = spans.BytesBy(calls.Where(static e => e.MovedBytes > 1), ".receive");
        Assert.Empty(served.Where(r => received.GetValueOrDefault(r.K) != r.RequestBytes).Select(r => $"{r.K} {r.Route}: {received.GetValueOrDefault(r.K)} of {r.RequestBytes}"));
    }

    // What moves bytes.
    private static List<EventRecord> CallsOf(string path, int pid)
    {
        List<EventRecord> calls = [];
        using CaptureFile file = new(path, keepArguments: true, CancellationToken.None);
        file.ReadEvents(
            new EventQuery { Type = static type => type is "pread" or "sendmsg" or "sendto" or "recvmsg" or "recvfrom", ProcessIds = new HashSet<int> { pid } },
            calls.Add);
        return calls;
    }

    private static SortedDictionary<string, int> ExpectedReads(IReadOnlyList<ServedRequest> served)
    {
        int Of(string route) => served.Count(r => r.Route == $"GET {route}");
        return new()
        {
            ["GET /sync/{k:int}.sync_handler"] = Reads * (Of("/sync/{k:int}") + Of("/client")),
            ["GET /sync.sync_handler"] = Reads * Of("/sync"),
            ["GET /async.async_handler"] = Reads * Of("/async"),
            ["GET /branches.branches_handler"] = 2 * Of("/branches"),
            ["GET /branches.branches_handler.branch_a"] = Reads * Of("/branches"),
            ["GET /branches.branches_handler.branch_b"] = Reads * Of("/branches"),
            ["GET /branches.branches_handler.branch_c"] = Reads * Of("/branches"),
            ["GET /thread.thread_handler"] = Reads * Of("/thread"),
            ["GET /parallel.parallel_handler"] = Reads * Of("/parallel"),
            ["GET /client.client_handler"] = Of("/client"),

            // Nobody can know whose these are.
            ["none"] = Of("/unsafe"),
        };
    }
}
