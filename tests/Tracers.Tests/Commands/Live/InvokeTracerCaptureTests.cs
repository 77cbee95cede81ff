using System.Management.Automation;
using Tracers.Engine.Capture;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands.Live;

public sealed class InvokeTracerCaptureTests(ModuleHost host) : LiveCommandTests(host)
{
    [Fact]
    public void The_capture_runs_while_the_block_does()
    {
        Assert.Equal(["Running"], Lines("Invoke-TracerCapture -Path live.scap { (Get-TracerCapture)[-1].State }"));
        Assert.Equal(1, Capture.Stops);
        Assert.Equal(FileName("live.scap"), Capture.Options.Path);
        Host.Run("$null = Get-TracerCapture $demo; Invoke-TracerCapture { } -Path b.scap; Measure-TracerIO -Verbose");
        Assert.Contains(Host.Verbose, line => line.Contains(FileName("b.scap"), StringComparison.Ordinal));
    }

    [Fact]
    public void Output_comes_while_the_block_runs()
    {
        List<int> stops = [];
        Host.Try("Invoke-TracerCapture { 1; 2 } -Path live.scap", _ => stops.Add(Capture.Stops));
        Assert.Equal([0, 0], stops);
    }

    [Fact]
    public void PassThru_gives_the_capture_behind_the_output()
    {
        IReadOnlyList<PSObject> output = Host.Run("Invoke-TracerCapture { 1; 2 } -Path live.scap -PassThru");
        Assert.Equal([1, 2], output.SkipLast(1).Select(o => o.BaseObject));
        Assert.Equal(TracerRecordingState.Ended, Recording(output[^1]).State);
    }

    [Fact]
    public void Recording_parameters_reach_the_engine_and_a_name_is_made_and_said()
    {
        Host.Run("Invoke-TracerCapture { } -Syscall read -Mode MarkersOnly -Compress -ProcessId 7");
        Assert.Equal(["read"], Capture.Options.Syscalls);
        Assert.Equal(CaptureMode.MarkersOnly, Capture.Options.Mode);
        Assert.True(Capture.Options.Compress);
        Assert.Equal([7], Capture.Options.ProcessIds);
        Assert.Equal([$"Recording to '{Capture.Options.Path}'."], Host.Information);
    }

    [Fact]
    public void What_the_block_sets_is_set_in_the_scope_of_the_caller() =>
        Assert.Equal(["2"], Lines("$x = 1; Invoke-TracerCapture { $x = 2 } -Path live.scap; $x"));

    [Theory]
    [InlineData("throw 'away'")]
    [InlineData("Get-NoSuchCommand")]
    [InlineData("Get-TracerSpan nosuch.scap -ErrorAction Stop")]
    [InlineData("[int]'x'")]
    [InlineData("break")]
    [InlineData("return")]
    [InlineData("Write-Error 'one' -ErrorAction Continue")]
    public void However_the_block_ends_the_capture_does_once(string end)
    {
        Host.Try($"foreach ($i in 1) {{ Invoke-TracerCapture {{ 'before'; {end} }} -Path live.scap }}");
        Assert.Equal(1, Capture.Stops);
        Assert.Equal(1, Capture.Disposals);
    }

    [Fact]
    public void An_error_of_the_block_is_the_callers()
    {
        Assert.Equal(["before", "caught away"], Lines("try { Invoke-TracerCapture { 'before'; throw 'away' } -Path live.scap -PassThru } catch { \"caught $_\" }"));
        Assert.Equal("Ended", Lines("Get-TracerCapture | ForEach-Object State")[^1]);
    }

    [Fact]
    public void What_was_lost_is_told_also_when_the_block_fails()
    {
        Progress = new CaptureProgress(100_000, 1 << 20, 1234, 0, default, TimeSpan.FromSeconds(1));
        Host.Try("Invoke-TracerCapture { throw 'away' } -Path live.scap");
        Assert.Contains("lost 1,234 events", Assert.Single(Host.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_in_the_block_ends_the_capture_once()
    {
        using ManualResetEventSlim started = new(), disposed = new();
        Host.SetVariable("disposed", disposed);
        Task<IReadOnlyList<PSObject>> script = Task.Run(() => Host.Try("Invoke-TracerCapture { Wait-Probe -Disposed $disposed } -Path live.scap -PassThru; 'never'", _ => started.Set()));
        Assert.True(started.Wait(TimeSpan.FromSeconds(20)));
        Host.Stop();
        Assert.Equal(["waiting"], (await script).Select(o => o.ToString()));
        Assert.True(Host.WasStopped);
        Assert.Empty(Host.Errors);
        Assert.Equal(1, Capture.Stops);
    }

    [Fact]
    public void Who_wants_no_more_output_ends_the_capture()
    {
        Assert.Equal(["1"], Lines("Invoke-TracerCapture { 1; 2; throw 'never' } -Path live.scap | Select-ProbeFirst 1"));
        Assert.Equal(1, Capture.Stops);
    }

    [Fact]
    public void WhatIf_runs_nothing()
    {
        Assert.Equal([], Lines("Invoke-TracerCapture { 'ran' } -Path live.scap -WhatIf"));
        Assert.Empty(Captures);
    }

    [Fact]
    public void A_capture_that_cannot_begin_runs_nothing()
    {
        Refusal = new CaptureStartException(CaptureStartFailure.NoRights, "No.");
        Assert.Equal([], TryLines("Invoke-TracerCapture { 'ran' } -Path live.scap"));
        Assert.Equal(["CaptureNoRights"], ShortErrorIds);
    }

    [Fact]
    public void Spans_of_the_session_can_be_marked_inside() =>
        Assert.Equal(["1"], Lines("Invoke-TracerCapture { Invoke-TracerSpan a { 1 } } -Path live.scap"));
}
