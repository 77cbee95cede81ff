using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Answers of the commands that differ from those of sysdig 0.29.3 on purpose, in the capture of a service.</summary>
/// <remarks>Each stands in about_Tracers_for_sysdig_users. The others are tested where the engine gives them.</remarks>
public sealed class SysdigDifferenceTests(ModuleHost host) : CommandTests(host)
{
    // sysdig: fd.name=/srv/www/missing.bin.
    [Fact]
    public void A_file_that_could_not_be_opened_has_no_descriptor_and_its_path_among_the_arguments() => Assert.Equal(
        ["null null ENOENT /srv/www/missing.bin"],
        Host.Run("Get-TracerEvent $service -Type openat | Where-Object Number -eq 62")
            .Select(e => $"{Values(e, "Fd", "FdName", "ErrorName")} {((System.Collections.IDictionary)e.Properties["Arguments"].Value)["name"]}"));

    // sysdig: evt.latency is that of the call that the thread is in.
    [Fact]
    public void A_switch_of_threads_has_no_latency()
    {
        Assert.Equal(["null"], Host.Run("Get-TracerEvent $service -Type switch").Select(e => Values(e, "Latency")).Distinct());
        Assert.NotEmpty(Host.Run("Get-TracerEvent $service -Type poll | Where-Object Latency"));
    }

    // sysdig: fdcount_by fd.type says 155 and 15, for a descriptor that is only opened or closed counts too.
    [Fact]
    public void Fds_are_those_that_were_read_or_written() => Assert.Equal(
        ["file 14", "ipv4 155"],
        Lines("Measure-TracerIO $service -By FdType -IncludeUnattributed | ForEach-Object { \"$($_.FdType) $($_.Fds)\" }"));

    // sysdig: IPC.
    [Fact]
    public void A_futex_is_of_the_category_of_pipes() =>
        Assert.Equal(["ipc"], Lines("Get-TracerEvent $service -Type futex | ForEach-Object Category").Distinct());
}
