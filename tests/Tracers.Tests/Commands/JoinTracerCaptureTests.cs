using Tracers.Engine.Scap;
using Tracers.Tests.Engine.Runtimes;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Join-TracerCapture, of the sample capture and a trace that says something about its process.</summary>
public sealed class JoinTracerCaptureTests : CommandTests
{
    private const int Process = 100;
    private const int Thread = 100;

    public JoinTracerCaptureTests(ModuleHost host)
        : base(host)
    {
        host.SetVariable("trace", Trace("app.nettrace"));
        host.SetVariable("joined", FileName("joined.scap"));
    }

    [Fact]
    public void The_spans_of_the_trace_are_in_the_copy_and_all_else_as_it_was()
    {
        Assert.Equal(["joined.scap"], Host.Run("Join-TracerCapture $sample -DotNet $trace -Destination $joined -PassThru | ForEach-Object Name"));
        Assert.Contains("does not say how its clock", Host.Warnings.Single(), StringComparison.Ordinal);
        Assert.Equal(["job 1ms"], Host.Run("Get-TracerSpan $joined -Tag job").Select(s => Values(s, "Tag", "Duration")));
        Assert.Equal(Lines("Get-TracerSpan $sample | ForEach-Object Tag"), Lines("Get-TracerSpan $joined | Where-Object Tag -ne job | ForEach-Object Tag"));
        OnlyFilesAre("app.nettrace", "joined.scap", "sample.scap");
    }

    [Fact]
    public void What_if_writes_nothing()
    {
        Host.Run("Join-TracerCapture $sample -DotNet $trace -Destination $joined -WhatIf");
        OnlyFilesAre("app.nettrace", "sample.scap");
    }

    [Theory]
    [InlineData("$trace")]
    [InlineData("$sample")]
    public void Neither_the_capture_nor_a_trace_is_replaced(string destination)
    {
        byte[] trace = File.ReadAllBytes(FileName("app.nettrace"));
        Host.Try($"Join-TracerCapture $sample -DotNet $trace -Destination {destination} -Force");
        Assert.Equal(["DestinationIsSource"], ShortErrorIds);
        Assert.Equal(trace, File.ReadAllBytes(FileName("app.nettrace")));
        OnlyFilesAre("app.nettrace", "sample.scap");
    }

    [Fact]
    public void A_second_capture_is_refused_and_the_first_is_there()
    {
        Host.Try("$sample, $service | Join-TracerCapture -DotNet $trace -Destination $joined");
        Assert.Equal(["OneCaptureToJoin"], ShortErrorIds);
        Assert.Equal(["job"], Lines("Get-TracerSpan $joined -Tag job | ForEach-Object Tag"));
    }

    [Fact]
    public void A_trace_of_another_time_joins_nothing_and_leaves_no_file()
    {
        Host.SetVariable("other", Trace("other.nettrace", wall: CaptureScript.Epoch + 3_600_000_000_000));
        Host.Try("Join-TracerCapture $sample -DotNet $other -Destination $joined");
        Assert.Equal(["NothingToJoin"], ShortErrorIds);
        OnlyFilesAre("app.nettrace", "other.nettrace", "sample.scap");
    }

    [Fact]
    public void Of_a_trace_that_is_cut_off_what_is_whole_is_joined_and_one_error_follows()
    {
        Host.SetVariable("cut", Trace("cut.nettrace", new ScapFormatException("cut.nettrace", 777, "event block", "It is cut off.")));
        Host.Try("Join-TracerCapture $sample -DotNet $cut -Destination $joined");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Equal(["job"], Lines("Get-TracerSpan $joined -Tag job | ForEach-Object Tag"));
    }

    [Fact]
    public void Of_a_capture_that_is_cut_off_what_is_whole_is_joined_and_one_error_follows()
    {
        byte[] bytes = File.ReadAllBytes(Sample);
        File.WriteAllBytes(FileName("half.scap"), bytes[..^30]);
        Host.Try("Join-TracerCapture $folder/half.scap -DotNet $trace -Destination $joined");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Equal(["job"], Lines("Get-TracerSpan $joined -Tag job | ForEach-Object Tag"));
    }

    [Fact]
    public void What_is_no_trace_is_one_error_and_leaves_no_file()
    {
        Host.Try("Join-TracerCapture $sample -DotNet $sample -Destination $joined");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        OnlyFilesAre("app.nettrace", "sample.scap");
    }

    [Fact]
    public void A_trace_in_the_place_of_the_capture_is_one_error_and_leaves_no_file()
    {
        Host.Try("Join-TracerCapture $trace -DotNet $trace -Destination $joined");
        Assert.Equal(["TraceIsNoCapture"], ShortErrorIds);
        Assert.Contains("-DotNet", Assert.Single(Host.Errors).Exception.Message, StringComparison.Ordinal);
        OnlyFilesAre("app.nettrace", "sample.scap");
    }

    [Fact]
    public async Task Ctrl_C_leaves_no_file()
    {
        string path = FileName("slow.nettrace");
        using ManualResetEventSlim waits = new(), goes = new();
        TraceScript script = new TraceScript { ProcessId = Process, WallTime = CaptureScript.Epoch }
            .Begin(1_000, Thread, 0x20, "job").End(2_000, Thread, 0x20).Reach(15_000_000).Pause(waits, goes).Reach(60_000_000);
        Host.SetVariable("slow", ScriptedDiagnostics.Write(path, script));
        Task running = Task.Run(() => Host.Try("Join-TracerCapture $sample -DotNet $slow -Destination $joined"));
        Assert.True(waits.Wait(TimeSpan.FromSeconds(20)));
        await Task.Delay(200);
        Task stop = Task.Run(Host.Stop);
        await Task.Delay(200);
        goes.Set();
        await stop;
        await running;
        Assert.True(Host.WasStopped);
        OnlyFilesAre("app.nettrace", "sample.scap", "slow.nettrace");
    }

    private string Trace(string name, Exception? failure = null, long wall = CaptureScript.Epoch) => ScriptedDiagnostics.Write(
        FileName(name),
        new TraceScript { ProcessId = Process, WallTime = wall, Failure = failure }.Begin(1_000, Thread, 0x20, "job").End(2_000, Thread, 0x20).Reach(3_000));

    private void OnlyFilesAre(params string[] names) =>
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.GetFiles(Folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
