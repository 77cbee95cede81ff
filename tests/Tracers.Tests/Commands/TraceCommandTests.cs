using Tracers.Tests.Engine.Runtimes;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>What commands give of a trace of a .NET runtime.</summary>
public sealed class TraceCommandTests : CommandTests
{
    private readonly string _trace;

    public TraceCommandTests(ModuleHost host)
        : base(host)
    {
        // Two requests, the second slower, with a query on another thread, and a pause.
        TraceScript script = new TraceScript()
            .Begin(0, 20, 0x20, "In").Request(0, 20, 0x20).Route(100, 20, 0x20, "GET /users/{id}").Switch(1000, 20, 0)
            .Begin(2000, 21, 0x30, "query", parent: 0x20).End(5000, 21, 0x30).Switch(5000, 21, 0)
            .Switch(6000, 22, 0x20).End(10_000, 22, 0x20, failed: false, ("http.response.status_code", "200")).Switch(10_000, 22, 0)
            .Section(11_000, 12_500, 30, "gc.pause", holds: true, arguments: [("generation", "0")])
            .Begin(20_000, 20, 0x40, "In").Request(20_000, 20, 0x40).Route(20_100, 20, 0x40, "GET /users/{id}").End(50_000, 20, 0x40, failed: true).Switch(50_000, 20, 0)
            .Begin(60_000, 21, 0x50, "endless");
        _trace = ScriptedDiagnostics.Write(FileName("app.nettrace"), script);
        host.SetVariable("trace", _trace);
    }

    [Fact]
    public void Spans_are_the_process_s_with_arguments_and_the_thread_that_ended_them()
    {
        Assert.Equal(
            ["GET /users/{id} 16 10ms Finished 4711 dotnet 20 22", "endless 40 null Unfinished 4711 dotnet 21 null"],
            Host.Run("Get-TracerSpan $trace | Where-Object Id -in 16, 40").Select(s => Values(s, "Tag", "Id", "Duration", "State", "ProcessId", "ProcessName", "ThreadId", "EndThreadId")));
        Assert.Equal(
            ["{trace=0af7651916cd43dd8448eb211c80319c,method=GET,path=/users/7,protocol=HTTP/1.1,connection=127.0.0.1:5000-127.0.0.1:40000} {http.response.status_code=200,http.route=/users/{id}}"],
            Host.Run("Get-TracerSpan $trace -Id 16").Select(s => Values(s, "Arguments", "EndArguments")));
        Assert.Equal(["GET /users/{id}.query 16 GET /users/{id}"], Host.Run("Get-TracerSpan $trace -Tag *query").Select(s => Values(s, "Tag", "ParentId", "ParentTag")));
    }

    [Fact]
    public void The_trace_itself_is_told_as_what_it_is()
    {
        Assert.Equal(
            "nettrace null 100 False null 60ms 4 1 0 0 0 5 True",
            Values(Host.Run("Get-TracerCapture $trace").Single(), "Format", "FormatVersion", "Length", "Compressed", "HostName", "Duration", "FinishedSpans", "UnfinishedSpans", "OrphanSpans", "BadMarkers", "SkippedEvents", "Threads", "Complete"));
        Assert.Contains("FormatVersion : nettrace\n", Host.Text("Get-TracerCapture $trace"), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_markers_are_events()
    {
        Assert.Equal(["30 tracer >", "30 tracer <"], Host.Run("Get-TracerEvent $trace | Where-Object ThreadId -eq 30").Select(e => Values(e, "ThreadId", "Type", "Direction")));
        Assert.Equal(["4711 dotnet"], Host.Run("Get-TracerEvent $trace | ForEach-Object { \"$($_.ProcessId) $($_.ProcessName)\" }").Select(o => o.ToString()).Distinct());
    }

    [Fact]
    public void Spans_are_summed_shown_and_pictured()
    {
        Assert.Equal(
            ["GET /users/{id} 2 40ms", "GET /users/{id}.query 1 3ms", "gc.pause 1 1.5ms", "endless 0 null"],
            Host.Run("Measure-TracerSpan $trace").Select(s => Values(s, "Tag", "Count", "Total")));
        Assert.Contains("GET /users/{id}", Host.Text("Show-TracerSpan $trace"), StringComparison.Ordinal);
        Assert.NotEmpty(Host.Run("Show-TracerSpectrogram $trace -PassThru"));
        Assert.Empty(Host.Run("Measure-TracerIO $trace -By SpanTag"));
        Assert.NotEmpty(Host.Run("Compare-TracerCapture $trace $trace"));
    }

    [Fact]
    public void It_is_exported_as_spans_as_a_report_and_as_a_capture_that_has_the_same_spans()
    {
        Host.Run("Export-TracerSpan $trace -Format Chrome -Destination $folder/spans.json; Export-TracerReport $trace -Destination $folder; Export-TracerCapture $trace -Destination $folder/app.scap");
        Assert.Contains("GET /users/{id}.query", File.ReadAllText(FileName("spans.json")), StringComparison.Ordinal);
        Assert.Contains("GET /users/{id}.query", Lines("Get-TracerSpan $folder/app.scap | ForEach-Object Tag"));
        Assert.True(File.Exists(FileName("app.html")));
        const string Spans = "| ForEach-Object { \"$($_.Tag) $($_.Id) $($_.ParentId) $($_.Start) $($_.End) $($_.State) $($_.ProcessId) $($_.ProcessName) $($_.ThreadId) $($_.EndThreadId)\" }";
        Assert.Equal(Lines($"Get-TracerSpan $trace {Spans}"), Lines($"Get-TracerSpan $folder/app.scap {Spans}"));
    }

    [SkippableFact]
    public void Sysdig_sees_the_same_spans_in_the_capture_that_is_made_of_it()
    {
        Host.Run("Export-TracerCapture $trace -Destination $folder/sysdig.scap");
        Assert.Equal(
            ["GET /users/{id}.query 3000000 4711 dotnet 21", "GET /users/{id} 10000000 4711 dotnet 22", "gc.pause 1500000 4711 dotnet 30", "GET /users/{id} 30000000 4711 dotnet 20"],
            Sysdig.Read(FileName("sysdig.scap"), "-p", "%span.tags %span.duration %proc.pid %proc.name %thread.tid", "evt.type=tracer and evt.dir=<").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void It_is_the_session_s_capture_then_and_its_names_are_offered()
    {
        Host.Run("Get-TracerSpan $trace");
        Assert.Equal(["GET /users/{id} 2", "GET /users/{id}.query 1", "gc.pause 1", "endless 0"], Host.Run("Measure-TracerSpan").Select(s => Values(s, "Tag", "Count")));
        Assert.Contains("gc.pause", Host.Complete("Get-TracerSpan $trace -Tag gc").Select(c => c.CompletionText));
    }

    [Fact]
    public void Piped_spans_are_read_again_from_the_trace() =>
        Assert.Equal(["21 tracer <"], Host.Run("Get-TracerSpan $trace -Id 24 | Get-TracerEvent").Select(e => Values(e, "ThreadId", "Type", "Direction")));

    [Fact]
    public void A_trace_that_is_cut_off_gives_its_spans_and_one_error()
    {
        string path = FileName("cut.nettrace");
        TraceScript script = new() { Failure = new Tracers.Engine.Scap.ScapFormatException(path, 777, "event block", "It is cut off.") };
        ScriptedDiagnostics.Write(path, script.Begin(0, 20, 0x20, "whole").End(10, 20, 0x20));
        Host.SetVariable("cut", path);
        Assert.Equal(["whole"], TryLines("Get-TracerSpan $cut | ForEach-Object Tag"));
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Equal("It is cut off.", Host.Errors.Single().Exception.Message);
    }

    [Fact]
    public void A_trace_of_Windows_is_one_clear_error_elsewhere()
    {
        if (OperatingSystem.IsWindows())
            return;
        Folder.File("x.etl");
        Assert.Empty(TryLines("Get-TracerSpan $folder/x.etl"));
        Assert.Equal(["NotACapture"], ShortErrorIds);
    }

    [Fact]
    public void Where_a_part_of_the_module_is_missing_that_is_said_and_not_that_the_trace_is()
    {
        string missing = Path.Join(Path.GetDirectoryName(typeof(TracerErrors).Assembly.Location), "Dependencies", "Tracers.DotNet.dll");
        Assert.Equal("RuntimeLibraryMissing", TracerErrors.FromReading(new FileNotFoundException("A part of the module is missing.", missing), _trace)!.FullyQualifiedErrorId);
        Assert.Equal("CaptureNotFound", TracerErrors.FromReading(new FileNotFoundException("Gone.", _trace), _trace)!.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_reading_at_once()
    {
        string path = FileName("endless.nettrace");
        TraceScript script = new TraceScript { Times = 100_000_000 }.Begin(0, 20, 0x20, "request").End(10, 20, 0x20);
        ScriptedDiagnostics.Write(path, script);
        Host.SetVariable("endless", path);
        Task running = Task.Run(() => Host.Try("Measure-TracerSpan $endless"));
        while (script.Said < 10_000)
            await Task.Delay(10);
        Assert.InRange(Host.Stop(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await running;
        Assert.Equal((true, 0), (Host.WasStopped, Host.Errors.Count));
        int said = script.Said;
        await Task.Delay(50);
        Assert.Equal(said, script.Said);
    }
}
