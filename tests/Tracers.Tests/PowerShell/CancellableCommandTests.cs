using System.Management.Automation;
using Tracers.Commands;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class CancellableCommandTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    [Fact]
    public async Task Ctrl_C_ends_a_waiting_command_at_once_without_an_error()
    {
        using var started = new ManualResetEventSlim();
        using var disposed = new ManualResetEventSlim();
        host.SetVariable("disposed", disposed);
        var caught = new List<object>();
        host.SetVariable("caught", caught);
        var script = Task.Run(() => host.Try(
            "$caught.Clear(); try { Wait-Probe -Disposed $disposed } catch { $caught.Add($_) }; 'never'", _ => started.Set()));
        Assert.True(started.Wait(TimeSpan.FromSeconds(20)));

        TimeSpan took = host.Stop();

        Assert.Equal(["waiting"], (await script).Select(output => output.ToString()));
        Assert.True(host.WasStopped);
        Assert.Empty(host.Errors);
        Assert.True(took < TimeSpan.FromSeconds(5), $"It took {took.TotalMilliseconds} ms.");
        Assert.True(disposed.IsSet);
        Assert.Empty(caught);
    }

    [Fact]
    public void Breaking_out_of_the_pipeline_disposes_of_the_command_without_an_error()
    {
        using var disposed = new ManualResetEventSlim();
        host.SetVariable("disposed", disposed);
        Assert.Equal("waiting", host.Run("foreach ($i in 1) { Wait-Probe -Disposed $disposed | ForEach-Object { $_; break } }").Single().ToString());
        Assert.True(disposed.IsSet);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_an_error_and_not_swallowed()
    {
        host.Try("Wait-Probe -CancelledByItself");
        Assert.Equal("by itself", Assert.Single(host.Errors).Exception.Message);
        Assert.False(host.WasStopped);
    }

    [Fact]
    public void After_a_stop_a_cancelled_step_ends_as_a_stopped_pipeline_does()
    {
        using var command = new CancelledCommand();
        Assert.Throws<OperationCanceledException>(command.RunEnd);
        command.Stop();
        Assert.Throws<PipelineStoppedException>(command.RunEnd);
    }

    [Fact]
    public void A_stop_that_comes_after_the_end_is_harmless()
    {
        var command = new CancelledCommand();
        command.Dispose();
        command.Stop();
    }

    private sealed class CancelledCommand : CancellableCommand
    {
        public void Stop() => StopProcessing();

        public void RunEnd() => EndProcessing();

        protected override void OnEnd() => throw new OperationCanceledException();
    }
}
