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
        var script = Task.Run(() => host.Try("Wait-Probe -Disposed $disposed; 'never'", _ => started.Set()));
        Assert.True(started.Wait(TimeSpan.FromSeconds(20)));

        TimeSpan took = host.Stop();

        Assert.Equal(["waiting"], (await script).Select(output => output.ToString()));
        Assert.True(host.WasStopped);
        Assert.Empty(host.Errors);
        Assert.True(took < TimeSpan.FromMilliseconds(200), $"It took {took.TotalMilliseconds} ms.");
        Assert.True(disposed.IsSet);
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
}
