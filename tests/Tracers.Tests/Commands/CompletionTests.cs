using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class CompletionTests(ModuleHost host) : CommandTests(host)
{
    [Theory]
    [InlineData("Measure-TracerIO -By ", "FdName FdType ProcessId ProcessName SpanId SpanRoot SpanTag Syscall ThreadId")]
    [InlineData("Measure-TracerIO -By Sp", "SpanId SpanRoot SpanTag")]
    [InlineData("Measure-TracerIO -By SpanTag, Fd", "FdName FdType")]
    [InlineData("Measure-TracerIO -FdType i", "inotify ipv4 ipv6")]
    [InlineData("Measure-TracerIO -FdType ", "directory event eventpoll file inotify ipv4 ipv6 netlink pipe signalfd timerfd unix")]
    [InlineData("Measure-TracerIO -Direction ", "Both Read Write")]
    [InlineData("Get-TracerSpan x.scap -State ", "Finished Orphan Unfinished")]
    [InlineData("Get-TracerSpan x.scap -State Orphan, U", "Unfinished")]
    public void Tab_offers_the_values(string text, string values) =>
        Assert.Equal(values.Split(' '), Host.Complete(text).Select(match => match.CompletionText).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-Trac", "Get-TracerCapture Get-TracerEvent Get-TracerSpan")]
    [InlineData("Measure-Tra", "Measure-TracerIO")]
    [InlineData("Get-TracerSpan -M", "-MinDuration")]
    [InlineData("Get-TracerEvent -Pro", "-ProcessId -ProcessName -ProgressAction")]
    [InlineData("Measure-TracerIO -In", "-IncludeUnattributed -InformationAction -InformationVariable -InputObject")]
    public void Tab_offers_commands_and_parameters(string text, string names) =>
        Assert.Equal(names.Split(' '), Host.Complete(text).Select(match => match.CompletionText).Order(StringComparer.Ordinal));
}
