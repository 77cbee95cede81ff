using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Captures beside the repository whose answers are known.</summary>
public sealed class ProofTests(ModuleHost host) : CommandTests(host)
{
    [SkippableFact]
    public void Bytes_go_to_the_innermost_span()
    {
        Host.SetVariable("vector", Repository.Shared("vectors/demo.scap"));
        Assert.Equal(["9000", "40", "7"], Lines("Measure-TracerIO $vector -By SpanTag | ForEach-Object Bytes"));
        Assert.Equal(["9000", "40", "7"], Lines("Get-TracerEvent $vector | Measure-TracerIO -By SpanTag | ForEach-Object Bytes"));
    }

    [SkippableFact]
    public void A_switch_marker_takes_the_work_of_a_second_thread_to_the_span()
    {
        Host.SetVariable("vector", Repository.Shared("vectors/switch-marker-two-threads.scap"));
        Assert.Equal(["300"], Lines("Measure-TracerIO $vector -By SpanTag | ForEach-Object Bytes"));
        Assert.Equal(["300"], Lines("Get-TracerEvent $vector | Measure-TracerIO -By SpanTag | ForEach-Object Bytes"));
    }

    [SkippableFact]
    public void A_compressed_capture_has_the_same_spans_and_bytes()
    {
        Host.SetVariable("vector", Repository.Shared("vectors/demo.scap"));
        Host.SetVariable("gzip", Repository.Shared("vectors/demo-gz.scap"));
        Assert.Equal(["9000", "40", "7"], Lines("Measure-TracerIO $gzip | ForEach-Object Bytes"));
        Assert.Equal(
            Lines("Get-TracerSpan $vector | ForEach-Object { \"$_ $($_.Start)\" }"), Lines("Get-TracerSpan $gzip | ForEach-Object { \"$_ $($_.Start)\" }"));
    }

    [SkippableFact]
    public void Of_a_truncated_capture_everything_that_is_whole_is_there()
    {
        Host.SetVariable("vector", Repository.Shared("vectors/demo-truncated.scap"));
        Assert.Equal(Enumerable.Range(1, 29).Select(n => $"{n}"), TryLines("Get-TracerEvent $vector -IncludeHidden | ForEach-Object Number"));
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Contains("at byte 3540 ", Host.Errors[0].Exception.Message, StringComparison.Ordinal);
    }
}
