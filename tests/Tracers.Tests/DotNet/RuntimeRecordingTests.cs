using Tracers.DotNet;
using Tracers.Engine.Capture;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.Live;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>Captures that listen to processes which come, go, or do not want to be listened to.</summary>
[Collection(LiveCollection.Name)]
public sealed class RuntimeRecordingTests : IDisposable
{

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Of_a_process_that_is_killed_what_was_before_is_told_and_the_others_go_on()
    {
        using DotNetService killed = DotNetService.Start(), other = DotNetService.Start();
        using CaptureSession session = Start("two.scap", new RuntimeOptions { Diagnostics = new RuntimeDiagnostics(), ProcessIds = [killed.Pid, other.Pid] });
        await ServiceLoad.RunAsync(killed.Address, 40, 4, ["sync"]);
        await ServiceLoad.RunAsync(other.Address, 40, 4, ["sync"]);

        // A runtime that is killed takes what it has not said with it.
        await Task.Delay(1500);
        killed.Kill();
        await ServiceLoad.RunAsync(other.Address, 40, 4, ["async"], first: 41);
        session.Stop();
        Assert.Null(session.Error);
        Assert.Empty(session.Problems);
        Reading reading = Reading.OfFile(session.Options.Path);
        Assert.Null(reading.Error);
        Assert.Equal(
            (40, 40, 40),
            (Requests(reading, killed.Pid, "GET /sync"), Requests(reading, other.Pid, "GET /sync"), Requests(reading, other.Pid, "GET /async")));
    }

    [SkippableFact]
    public async Task A_process_that_starts_later_is_found_by_the_name_of_its_program()
    {
        using CaptureSession session = Start("later.scap", new RuntimeOptions
        {
            Diagnostics = new RuntimeDiagnostics(),
            ProcessNames = ["Tracers.TestService"],
            IsNamed = static name => name == "Tracers.TestService",
        });
        using DotNetService service = DotNetService.Start();
        await Task.Delay(2000);
        await ServiceLoad.RunAsync(service.Address, 40, 4, ["sync"]);
        session.Stop();
        Assert.Empty(session.Problems);
        Assert.Equal(40, Requests(Reading.OfFile(session.Options.Path), service.Pid, "GET /sync"));
    }

    [SkippableFact]
    public void When_no_process_with_the_name_came_that_is_said()
    {
        using CaptureSession session = Start("none.scap", new RuntimeOptions
        {
            Diagnostics = new RuntimeDiagnostics(),
            ProcessNames = ["nosuch*"],
            IsNamed = static _ => false,
        });
        session.Stop();
        Assert.Contains("nosuch*", Assert.Single(session.Problems), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Of_connections_that_requests_share_nobody_guesses_whose_the_bytes_are()
    {
        using DotNetService service = DotNetService.Start(http2: true);
        using LiveRecording recording = LiveRecording.Of(
            () => ServiceLoad.RunAsync(service.Http2Address!, 40, 4, ["socket"], http2: true).GetAwaiter().GetResult(),
            options => options with { Runtimes = new RuntimeOptions { Diagnostics = new RuntimeDiagnostics(), ProcessIds = [service.Pid] } });
        Dictionary<string, long> bytes = recording.BytesByTag();

        // The calls that carry what the runtime said were made by nobody.
        Assert.DoesNotContain(recording.Events, static e => e is { FdNumber: >= 2_000_000_000, ListedMarker: null });
        Assert.DoesNotContain(bytes.Keys, tag => tag.StartsWith("GET ", StringComparison.Ordinal) && (tag.EndsWith(".send", StringComparison.Ordinal) || tag.EndsWith(".receive", StringComparison.Ordinal)));
        Assert.InRange(bytes["Ambiguous.send"], 40 * (ServiceLoad.FirstLength + 1), long.MaxValue);
        Assert.True(bytes["Ambiguous.receive"] > 0);
    }

    [SkippableFact]
    public async Task Each_file_of_a_row_knows_the_spans_that_begin_in_it()
    {
        using DotNetService service = DotNetService.Start();
        using CaptureSession session = Start(
            "row.scap", new RuntimeOptions { Diagnostics = new RuntimeDiagnostics(), ProcessIds = [service.Pid] }, options => options with { RotateBytes = 1 << 20 });

        // What is recorded waits for what the runtime says, and counts when it is written.
        for (int first = 1; first <= 601; first += 300)
        {
            await ServiceLoad.RunAsync(service.Address, 300, 4, ["sync", "branches"], first: first);
            await Task.Delay(1000);
        }

        session.Stop();
        Assert.Null(session.Error);
        Assert.InRange(session.Files.Count, 2, 50);
        int requests = 0;
        foreach (string file in session.Files)
        {
            Reading reading = Reading.OfFile(file);
            Assert.Null(reading.Error);
            requests += reading.Spans.Count(s => s.Opener.Pid == service.Pid && s.Start >= 0 && s.Tags.Text is "GET /sync" or "GET /branches" or "GET /sync/{k:int}");
        }

        Assert.Equal(900, requests);
    }

    [SkippableFact]
    public void One_that_cannot_be_listened_to_ends_the_start_and_says_why()
    {
        LiveMachine.Require();
        using DotNetService silent = DotNetService.Start(environment: ("DOTNET_EnableDiagnostics", "0"));
        Assert.Contains("DOTNET_EnableDiagnostics", Refused(silent.Pid), StringComparison.Ordinal);
        Assert.Contains("There is no process", Refused(int.MaxValue), StringComparison.Ordinal);
        Assert.Contains("no .NET runtime", Refused(1), StringComparison.Ordinal);
    }

    private string Refused(int pid)
    {
        CaptureStartException e = Assert.Throws<CaptureStartException>(() => Start("refused.scap", new RuntimeOptions { Diagnostics = new RuntimeDiagnostics(), ProcessIds = [pid] }));
        Assert.Equal(CaptureStartFailure.Option, e.Failure);
        Assert.False(File.Exists(Path.Join(_folder.FullName, "refused.scap")));
        return e.Message;
    }

    private CaptureSession Start(string file, RuntimeOptions runtimes, Func<CaptureOptions, CaptureOptions>? with = null)
    {
        LiveMachine.Require();
        CaptureOptions options = new() { Path = Path.Join(_folder.FullName, file), Runtimes = runtimes };
        return CaptureSession.Start(with is null ? options : with(options));
    }

    private static int Requests(Reading reading, int pid, string route) =>
        reading.Spans.Count(s => s.State == SpanState.Finished && s.Opener.Pid == pid && (s.Tags.Text == route || s.Tags.Text == $"{route}/{{k:int}}"));
}
