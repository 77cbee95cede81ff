using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class GetTracerFileTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void A_descriptor_has_every_property() => Assert.Equal(
        [
            "ProcessName=web", "ProcessId=100", "ThreadId=100", "User=33", "Container=0123456789ab", "Fd=4", "Type=file", "Name=/srv/data.bin", "Directory=/srv", "IsOpen=True",
            "Opens=0", "Calls=4", "Errors=1", "ReadBytes=1000", "WriteBytes=47", "Time=315us", $"Path={Sample}",
        ],
        Properties(Host.Run("Get-TracerFile $sample -Name /srv/*")[0]));

    [Theory]
    [InlineData("", "1 3 3 4 4 5")]
    [InlineData("-FdType file", "3 3 4 4")]
    [InlineData("-FdType pipe, ipv4", "1 5")]
    [InlineData("-ProcessName tar", "1 3 4")]
    [InlineData("-ProcessId 200 -Name *.TAR", "4")]
    public void Descriptors_are_selected(string parameters, string numbers) => Assert.Equal(
        numbers, string.Join(' ', Lines($"Get-TracerFile $sample {parameters} | ForEach-Object Fd").Order()));

    [Fact]
    public void Activity_is_summed_by_name_most_calls_first() => Assert.Equal(
        ["/srv/data.bin file 4 1047 1", "/var/backup.tar file 1 5000 1"],
        Lines("Get-TracerFile $sample -Activity -FdType file | ForEach-Object { \"$($_.Name) $($_.Type) $($_.Calls) $($_.ReadBytes + $_.WriteBytes) $($_.Processes)\" }"));

    [Fact]
    public void Activity_has_every_property() => Assert.Equal(
        ["Name=/var/backup.tar", "Type=file", "Processes=1", "Opens=0", "Calls=1", "Errors=0", "ReadBytes=5000", "WriteBytes=0", "Time=1ms", $"Path={Sample}"],
        Properties(Host.Run("Get-TracerFile $sample -Activity -Name *.tar").Single()));

    [Fact]
    public void What_was_closed_is_shown_when_asked_for()
    {
        Assert.Empty(Lines("Get-TracerFile $demo -Name */disk.img"));
        Assert.Equal(["null", "False"], Lines("Get-TracerFile $demo -Name */disk.img -IncludeClosed | ForEach-Object { $_.Fd, $_.IsOpen }"));
    }

    [Fact]
    public void A_type_that_is_none_is_refused()
    {
        TryLines("Get-TracerFile $sample -FdType socket");
        Assert.Contains("'socket' is no type of descriptor.", Assert.Single(Host.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptors_are_a_table() => Assert.Equal(
        """

        Process         ProcessId    Fd Type        Calls     Read  Written Name
        -------         ---------    -- ----        -----     ----  ------- ----
        tar                   200     1 pipe            1      0 B     60 B pipe:[77]
        tar                   200     3 file            0      0 B      0 B /dev/null
        tar                   200     4 file            1  4.88 KB      0 B /var/backup.tar


        """,
        Host.Text("Get-TracerFile $sample -ProcessId 200"));

    [Fact]
    public void Activity_is_a_table() => Assert.Equal(
        """

           Calls     Read  Written   Opens  Errors      Time Processes Type      Name
           -----     ----  -------   -----  ------      ---- --------- ----      ----
               1  4.88 KB      0 B       0       0       1ms         1 file      /var/backup.tar


        """,
        Host.Text("Get-TracerFile $sample -Activity -Name *.tar"));
}
