using Tracers.Engine.Spans;
using Tracers.Marks;
using Tracers.Tests.Engine;
using Tracers.Tests.Engine.Marks;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Scripts that mark themselves, read back by the engine.</summary>
[Collection(MarksTests.Name)]
public sealed class SpanCommandTests : CommandTests
{
    private readonly RecordingOutput _output = new();

    public SpanCommandTests(ModuleHost host)
        : base(host) => host.SetVariable("output", _output);

    [Fact]
    public void A_block_runs_inside_of_a_span_on_its_own_thread_and_gives_its_output()
    {
        Assert.Equal(["1", "2"], Lines("Invoke-TracerSpan -Tag run.block { 1; $output.WriteFile(5); Invoke-TracerSpan inner { 2; $output.WriteFile(7) } }"));
        Assert.Equal([">:#1:run.block::", ">:#1:run.block.inner::", "<:#1:run.block.inner::", "<:#1:run.block::"], _output.Lines("run"));
        Reading reading = _output.Read();
        Assert.Equal([(5L, "run.block"), (7L, "run.block.inner")], reading.Io.Where(io => io.FdName == "/tmp/file").Select(io => (io.Result, io.SpanTags!)));
        Assert.All(reading.Spans.Where(s => s.Tags.Text.StartsWith("run", StringComparison.Ordinal)), s => Assert.Equal(SpanState.Finished, s.State));
    }

    [Fact]
    public void Output_is_passed_on_while_the_block_runs()
    {
        List<int> written = [];
        Host.Try("Invoke-TracerSpan stream { 'a'; 'b' }", _ => written.Add(_output.Lines("stream").Count));
        Assert.Equal([1, 1], written);
        Assert.Equal(2, _output.Lines("stream").Count);
    }

    [Fact]
    public void A_block_runs_in_the_scope_of_the_caller() => Assert.Equal(
        ["2 item"],
        Lines("& { $x = 1; 'item' | ForEach-Object { Invoke-TracerSpan scope { $seen = $_; $x++ } }; \"$x $seen\" }"));

    [Fact]
    public void What_fails_in_the_block_ends_the_span_and_fails_as_it_would_have()
    {
        Assert.Equal(["before", "caught: No."], Lines("try { Invoke-TracerSpan fail { 'before'; throw 'No.' } } catch { \"caught: $_\" }"));
        Assert.Equal([">:#1:fail::", "<:#1:fail::"], _output.Lines("fail"));
        Assert.Equal(["after"], TryLines("Invoke-TracerSpan goeson { Get-TracerSpan -Path $folder/none.scap; 'after' }"));
        Assert.Equal(["CaptureNotFound"], ShortErrorIds);
        Assert.Equal([">:#1:goeson::", "<:#1:goeson::"], _output.Lines("goeson"));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_span()
    {
        using ManualResetEventSlim started = new();
        using ManualResetEventSlim disposed = new();
        Host.SetVariable("disposed", disposed);
        Task<IReadOnlyList<System.Management.Automation.PSObject>> script =
            Task.Run(() => Host.Try("Invoke-TracerSpan stopped { Wait-Probe -Disposed $disposed }", _ => started.Set()));
        Assert.True(started.Wait(TimeSpan.FromSeconds(20)));
        Host.Stop();
        await script;
        Assert.True(Host.WasStopped);
        Assert.Equal([">:#1:stopped::", "<:#1:stopped::"], _output.Lines("stopped"));
    }

    [Fact]
    public void Leaving_the_pipeline_or_the_loop_ends_the_span()
    {
        Assert.Equal(["1"], Lines("foreach ($i in 1) { Invoke-TracerSpan left { 1; 2 } | ForEach-Object { $_; break } }"));
        Assert.Equal(["0", "1"], Lines("foreach ($i in 0..5) { $i; Invoke-TracerSpan left { if ($i -eq 1) { break } } }"));
        Assert.Equal(6, _output.Lines("left").Count);
        Assert.All(_output.Read().Spans.Where(s => s.Tags.Text == "left"), s => Assert.Equal(SpanState.Finished, s.State));
    }

    [Fact]
    public void Arguments_are_in_their_order_and_those_of_a_hash_table_by_name()
    {
        Host.Run("Invoke-TracerSpan args { } -Argument @{ z = 1.5; a = 'x,y'; m = $null; b = $true }");
        Host.Run("Invoke-TracerSpan args { } -Argument ([ordered]@{ z = 1; a = 2 })");
        Assert.Equal([">:#1:args:a=x\\,y,b=true,m=,z=1.5:", ">:#2:args:z=1,a=2:"], _output.Lines("args").Where(l => l[0] == '>'));
    }

    [Fact]
    public void A_script_enters_and_exits_spans()
    {
        Assert.Empty(Lines("Enter-TracerSpan steps; Enter-TracerSpan one -Argument @{ n = 1 }; Exit-TracerSpan -Argument @{ ok = 'yes' }; Enter-TracerSpan two; Exit-TracerSpan; Exit-TracerSpan"));
        Assert.Equal(
            [">:#1:steps::", ">:#1:steps.one:n=1:", "<:#1:steps.one:ok=yes:", ">:#1:steps.two::", "<:#1:steps.two::", "<:#1:steps::"], _output.Lines("steps"));
    }

    [Fact]
    public void Exit_with_a_tag_ends_that_span_and_those_inside_of_it()
    {
        Host.Run("Enter-TracerSpan upper; Enter-TracerSpan left; Enter-TracerSpan open; Exit-TracerSpan upper");
        Assert.Equal(["<:#1:upper.left.open::", "<:#1:upper.left::", "<:#1:upper::"], _output.Lines("upper").Skip(3));
        Host.Try("Exit-TracerSpan open");
        Assert.Equal(["NoOpenSpan"], ShortErrorIds);
        Assert.Contains("No span 'open' is open", Host.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exit_without_a_span_is_an_error_also_when_a_block_has_ended_it()
    {
        Host.Try("Exit-TracerSpan");
        Assert.Equal(["NoOpenSpan"], ShortErrorIds);
        Host.Try("Invoke-TracerSpan block { Enter-TracerSpan forgotten }; Exit-TracerSpan");
        Assert.Equal(["NoOpenSpan"], ShortErrorIds);
        Assert.Equal([">:#1:block::", ">:#1:block.forgotten::", "<:#1:block.forgotten::", "<:#1:block::"], _output.Lines("block"));
    }

    [Fact]
    public void Where_no_marker_can_be_written_scripts_run_as_ever_and_verbose_says_so()
    {
        MarkerOutput.Current = new NoOutput();
        Assert.Equal(["x"], Lines("Enter-TracerSpan a; Invoke-TracerSpan b { 'x' } -Verbose; Exit-TracerSpan"));
        Assert.Contains("The span 'b' is not marked", Assert.Single(Host.Verbose), StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _output.Dispose();
        base.Dispose(disposing);
    }
}
