using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine;
using Tracers.Tests.Engine.Runtimes;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>What is recorded of a service as a trace is read as a capture: its requests, and what it did for each, are spans.</summary>
public sealed class NettraceFileTests
{
    [Fact]
    public async Task A_trace_of_a_service_has_a_span_for_each_request_with_those_of_its_handler_inside()
    {
        using TemporaryFolder folder = new();
        using DotNetService service = DotNetService.Start();
        IReadOnlyList<ServedRequest> served = await ServiceLoad.RunAsync(service.Address, 9, 1);
        string path = Path.Join(folder.FullName, "service.nettrace");
        await RecordedTrace.WriteAsync(service.Pid, path, async () => served = await ServiceLoad.RunAsync(service.Address, 270, 8));
        ScriptedDiagnostics.Use();
        Reading reading = Reading.OfFile(path);
        Assert.Null(reading.Error);
        Assert.Equal(0, reading.Statistics.BadMarkers);
        Assert.All(reading.Spans, span => Assert.Equal((service.Pid, "dotnet"), (span.Opener.Pid, span.Opener.Name)));
        Assert.Contains(DotNetService.Program, reading.Spans[0].Opener.Details.Arguments.ToString(), StringComparison.Ordinal);

        // The client handler asks the service itself, for one of the others.
        Dictionary<string, int> expected = served.GroupBy(r => r.Route).ToDictionary(g => g.Key, g => g.Count());
        expected["GET /sync/{k:int}"] += expected["GET /client"];
        SpanRecord[] requests = [.. reading.Spans.Where(span => Argument(span, "connection") is not null)];
        Assert.Equal(
            new SortedDictionary<string, int>(expected),
            new SortedDictionary<string, int>(requests.GroupBy(span => span.Tags.Text).ToDictionary(g => g.Key, g => g.Count())));
        Assert.All(requests, span => Assert.Equal((SpanState.Finished, "GET", "HTTP/1.1"), (span.State, Argument(span, "method"), Argument(span, "protocol"))));

        Dictionary<long, SpanRecord> bySequence = reading.Spans.ToDictionary(span => span.Sequence);
        foreach (SpanRecord branch in reading.Spans.Where(span => span.Tags.Tags[^1] is "branch_a" or "branch_b" or "branch_c"))
        {
            SpanRecord handler = bySequence[branch.ParentSequence];
            Assert.Equal("branches_handler", handler.Tags.Tags[^1]);
            Assert.Equal("GET /branches", bySequence[handler.ParentSequence].Tags.Text);
            Assert.InRange(branch.Start, handler.Start, handler.End);
        }

        Assert.Equal(3 * expected["GET /branches"], reading.Spans.Count(span => span.Tags.Text.StartsWith("GET /branches.branches_handler.branch_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_trace_that_dotnet_trace_makes_as_the_topic_says_has_the_activities_with_their_parents()
    {
        using TemporaryFolder folder = new();
        using DotNetService service = DotNetService.Start();
        string path = Path.Join(folder.FullName, "service.nettrace");
        string topic = string.Concat(File.ReadAllText(Repository.PathOf("module/en-US/about_TracerDotNet.help.txt")).Split('\n').Select(static line => line.Trim()));
        foreach (string words in (string[])["Microsoft-Diagnostics-DiagnosticSource:0x802:5:FilterAndPayloadSpecs=\"[AS]*\"", "System.Threading.Tasks.TplEventSource:0x40080:5", "Microsoft-Windows-DotNETRuntime:0x4001:4"])
            Assert.Contains(words, topic, StringComparison.Ordinal);
        await RecordedTrace.WriteAsync(service.Pid, path, () => ServiceLoad.RunAsync(service.Address, 40, 4, ["branches"]), [
            new EventPipeProvider("Microsoft-Diagnostics-DiagnosticSource", EventLevel.Verbose, 0x802, new Dictionary<string, string> { ["FilterAndPayloadSpecs"] = "[AS]*" }),
            new EventPipeProvider("System.Threading.Tasks.TplEventSource", EventLevel.Verbose, 0x40080),
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, 0x4001),
        ]);
        ScriptedDiagnostics.Use();
        Reading reading = Reading.OfFile(path);
        Assert.Null(reading.Error);
        Dictionary<long, SpanRecord> bySequence = reading.Spans.ToDictionary(span => span.Sequence);
        SpanRecord[] branches = [.. reading.Spans.Where(span => span.Tags.Tags is [.., "branch_a" or "branch_b" or "branch_c"])];
        Assert.Equal(3 * 40, branches.Length);
        Assert.All(branches, branch => Assert.Equal("Microsoft.AspNetCore.Hosting.HttpRequestIn.branches_handler", bySequence[branch.ParentSequence].Tags.Text));
    }

    private static string? Argument(SpanRecord span, string name) => MarkerText.SplitArguments(span.Arguments).ToDictionary().GetValueOrDefault(name);
}
