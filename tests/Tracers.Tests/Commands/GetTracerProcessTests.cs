using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class GetTracerProcessTests(ModuleHost host) : CommandTests(host)
{
    [Theory]
    [InlineData("-At 2001-01-01", "is before '")]
    [InlineData("-At +1h", "is behind '")]
    [InlineData("-At +3ms -After +4ms", "no activity is counted")]
    public void A_moment_that_is_none_of_the_capture_is_a_warning(string parameters, string warning)
    {
        Assert.NotEmpty(Lines($"Get-TracerProcess $sample {parameters} | ForEach-Object ProcessId"));
        Assert.Contains(warning, Assert.Single(Host.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-At +0s")]
    [InlineData("-After +4ms -At +10ms")]
    public void A_moment_of_the_capture_needs_no_warning(string parameters)
    {
        Assert.NotEmpty(Lines($"Get-TracerProcess $sample {parameters} | ForEach-Object ProcessId"));
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public void A_process_has_every_property() => Assert.Equal(
        [
            "ProcessId=100", "ThreadId=100", "ParentId=1", "ProcessName=web", "Executable=null", "CommandLine=web", "User=33", "Group=0", "LoginUser=null",
            "Container=0123456789ab", "WorkingDirectory=null", "Terminal=null", "SessionId=null", "SessionLeader=null", "VirtualProcessId=null", "VirtualThreadId=null", "Threads=2", "OpenFds=3",
            "FdLimit=0", "VirtualMemory=null", "ResidentMemory=null", "Started=null", "Exited=null", "IsRunning=True", "Calls=5", "Errors=1", "ReadBytes=1000",
            "WriteBytes=347", "FileBytes=1047", "NetworkBytes=300", $"Path={Sample}",
        ],
        Properties(Host.Run("Get-TracerProcess $sample -ProcessId 100")[0]));

    [Fact]
    public void Threads_have_a_row_each_when_asked_for() => Assert.Equal(
        ["100 100 web 3", "100 101 web-worker 2", "200 200 tar 2"],
        Lines("Get-TracerProcess $sample -Threads | ForEach-Object { \"$($_.ProcessId) $($_.ThreadId) $($_.ProcessName) $($_.Calls)\" }"));

    [Theory]
    [InlineData("-At +0s", "0 0")]
    [InlineData("-At +3ms", "1000 0")]
    [InlineData("-At +10ms", "1000 340")]
    [InlineData("-After +4ms -At +10ms", "0 340")]
    [InlineData("-After +1h", "0 0")]
    [InlineData("-At '2016-11-24T15:06:40.004Z'", "1000 0")]
    [InlineData("", "1000 347")]
    public void What_a_process_did_counts_up_to_the_moment(string parameters, string bytes) => Assert.Equal(
        [bytes],
        Lines($"Get-TracerProcess $sample -ProcessName web {parameters} | ForEach-Object {{ \"$($_.ReadBytes) $($_.WriteBytes)\" }}"));

    [Fact]
    public void The_moment_of_another_object_can_be_given() => Assert.Equal(
        ["1000"],
        Lines("$span = Get-TracerSpan $sample -Tag request.read\nGet-TracerProcess $sample -At $span.End -ProcessName web | ForEach-Object ReadBytes"));

    [Fact]
    public void A_time_without_a_unit_is_refused()
    {
        TryLines("Get-TracerProcess $sample -At 5");
        Assert.Contains("Write '5s' for seconds after the first event", Assert.Single(Host.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_from_the_pipeline_is_read() =>
        Assert.Equal(["100", "101", "200"], Lines("Get-TracerCapture $sample | Get-TracerProcess -Threads | ForEach-Object ThreadId"));

    [Fact]
    public void Processes_are_a_table() => Assert.Equal(
        """

        ProcessId ParentId User         Threads   Fds  Virtual Resident    Calls     File  Network Command
        --------- -------- ----         -------   ---  ------- --------    -----     ----  ------- -------
              200        1 root               1     3                          2  4.88 KB      0 B tar


        """,
        Host.Text("Get-TracerProcess $sample -ProcessName tar"));

    [Fact]
    public void Threads_are_another_table() => Assert.Equal(
        """

        ProcessId ThreadId User            Calls  Errors     Read  Written     File  Network Name
        --------- -------- ----            -----  ------     ----  -------     ----  ------- ----
              100      100 33                  3       1   1000 B    300 B   1000 B    300 B web
              100      101 33                  2       0      0 B     47 B     47 B      0 B web-worker


        """,
        Host.Text("Get-TracerProcess $sample -ProcessId 100 -Threads"));
}
