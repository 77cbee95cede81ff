using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class GetTracerConnectionTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void A_socket_has_every_property() => Assert.Equal(
        [
            "ProcessName=web", "ProcessId=100", "ThreadId=100", "User=33", "Container=0123456789ab", "Fd=5", "Type=ipv4", "Transport=tcp", "State=Connected", "Role=Client",
            "Client=10.0.0.9:52000", "Server=10.0.0.5:8080", "Local=10.0.0.9:52000", "Remote=10.0.0.5:8080", "Name=10.0.0.9:52000->10.0.0.5:8080", "Calls=1", "Errors=0", "ReadBytes=0",
            "WriteBytes=300", "Time=50us", $"Path={Sample}",
        ],
        Properties(Host.Run("Get-TracerConnection $sample -ProcessId 100")[0]));

    [Fact]
    public void A_listening_socket_has_a_server_and_no_client() => Assert.Equal(
        ["127.0.0.1:8080 null Server 127.0.0.1:8080 null"],
        Host.Run("Get-TracerConnection $demo -State Listening").Select(row => Values(row, "Server", "Client", "Role", "Local", "Remote")));

    [Fact]
    public void Closed_sockets_are_shown_when_asked_for()
    {
        Assert.DoesNotContain("Closed", Lines("Get-TracerConnection $demo | ForEach-Object State"));
        Assert.Equal(["Closed"], Lines("Get-TracerConnection $demo -State Closed | ForEach-Object State").Distinct());
        Assert.Equal(
            ["True"],
            Lines("$all = @(Get-TracerConnection $demo -FdType ipv4 -IncludeClosed)\n$all.Count -eq @(Get-TracerConnection $demo -FdType ipv4).Count + @(Get-TracerConnection $demo -FdType ipv4 -State Closed).Count"));
    }

    [Fact]
    public void What_went_through_all_connections_is_what_the_process_sent_and_received() => Assert.Equal(
        ["True"],
        Lines("""
            $bytes = 0
            Get-TracerConnection $demo -FdType ipv4, ipv6 -IncludeClosed | ForEach-Object { $bytes += $_.ReadBytes + $_.WriteBytes }
            $bytes -eq (Get-TracerProcess $demo).NetworkBytes -and $bytes -gt 4GB
            """));

    [Theory]
    [InlineData("-Port 8080", 1)]
    [InlineData("-Port 52000", 1)]
    [InlineData("-Port 80", 0)]
    [InlineData("-FdType ipv6, unix", 0)]
    public void Sockets_are_selected(string parameters, int count) => Assert.Equal(count, Host.Run($"Get-TracerConnection $sample {parameters}").Count);

    [Fact]
    public void A_type_that_is_no_socket_is_refused()
    {
        TryLines("Get-TracerConnection $sample -FdType file");
        Assert.Contains("'file' is no type of socket. The types are: ipv4, ipv6, unix.", Assert.Single(Host.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sockets_are_a_table() => Assert.Equal(
        """

        Process         ProcessId   Fd Protocol State       Role   Client                    Read  Written Server
        -------         ---------   -- -------- -----       ----   ------                    ----  ------- ------
        web                   100    5 tcp      Connected   Client 10.0.0.9:52000             0 B    300 B 10.0.0.5:8080


        """,
        Host.Text("Get-TracerConnection $sample -ProcessId 100"));
}
