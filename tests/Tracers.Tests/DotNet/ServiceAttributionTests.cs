using System.Globalization;
using Tracers.DotNet;
using Tracers.Engine.Analysis;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Spans;
using Tracers.Tests.Live;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>A service is recorded while it answers requests whose reads say by their length which request they are for.</summary>
[Collection(LiveCollection.Name)]
public sealed class ServiceAttributionTests
{
    private const int Requests = 3_000;
    private const int AtATime = 16;

    [SkippableFact]
    public async Task Every_read_is_in_the_innermost_activity_of_its_request()
    {
        using DotNetService service = DotNetService.Start();
        await ServiceLoad.RunAsync(service.Address, 90, AtATime, first: 900_000);
        IReadOnlyList<ServedRequest> served = [];
        using LiveRecording recording = LiveRecording.Of(
            () => served = ServiceLoad.RunAsync(service.Address, Requests, AtATime).GetAwaiter().GetResult(),
            options => options with { Runtimes = new RuntimeOptions { Diagnostics = new RuntimeDiagnostics(), ProcessIds = [service.Pid] } });
        Dictionary<string, int> counts = [];
        foreach (EventRecord e in recording.Of(service.Pid).Where(e => e is { IsIo: true, Info.Name: "pread", Result: > 100_000 and < 1_000_000 }))
        {
            long k = e.Result - 100_000;
            string route = served[(int)k - 1].Route;
            string at = string.Join(" < ", e.Spans.Select(s => s.Tags.Text));
            string key = $"{route}: {at}";
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        foreach ((string key, int count) in counts.OrderBy(c => c.Key))
            Console.Error.WriteLine($"{count,6} {key}");
        foreach ((string tag, long bytes) in recording.BytesByTag().OrderByDescending(b => b.Value).Take(40))
            Console.Error.WriteLine($"{bytes,12} {tag}");
        Console.Error.WriteLine(recording.Progress);
        File.Copy(recording.Path, "/tmp/dn.scap", true);
        Assert.Fail("look");
    }
}
