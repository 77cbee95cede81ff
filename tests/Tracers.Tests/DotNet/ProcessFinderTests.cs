using System.Diagnostics;
using Tracers.DotNet;
using Tracers.Engine.Runtimes;
using Tracers.Tests.Shell;
using Xunit;

namespace Tracers.Tests.DotNet;

public sealed class ProcessFinderTests
{
    private static readonly RuntimeDiagnostics s_diagnostics = new();

    [Fact]
    public void A_service_is_found_with_its_version_and_account_and_this_process_is_left_out()
    {
        using DotNetService service = DotNetService.Start();
        IReadOnlyList<RuntimeProcess> all = s_diagnostics.FindProcesses();
        RuntimeProcess found = Assert.Single(all, p => p.Pid == service.Pid);
        Assert.Equal(("dotnet", Environment.Version.ToString(3), Environment.UserName, null), (found.Name, found.Version, found.User, found.Problem));
        Assert.Contains("Tracers.TestService.dll", found.CommandLine, StringComparison.Ordinal);
        Assert.DoesNotContain(all, p => p.Pid == Environment.ProcessId);
        Assert.Equal(all.OrderBy(p => p.Pid), all);
    }

    [Fact]
    public void A_temporary_folder_of_its_own_hides_no_process()
    {
        using PowerShell.TemporaryFolder folder = new();
        using DotNetService service = DotNetService.Start(environment: ("TMPDIR", folder.FullName));
        Assert.Null(Find(service.Pid)!.Problem);
    }

    [Theory]
    [InlineData("DOTNET_EnableDiagnostics")]
    [InlineData("DOTNET_EnableDiagnostics_IPC")]
    public void Diagnostics_that_are_switched_off_are_a_problem(string variable)
    {
        using DotNetService service = DotNetService.Start(environment: (variable, "0"));
        RuntimeProcess found = Find(service.Pid)!;
        Assert.StartsWith("Its runtime's diagnostics are switched off. Start it without DOTNET_EnableDiagnostics=0", found.Problem, StringComparison.Ordinal);
        Assert.Equal(Environment.Version.ToString(3), found.Version);
        Assert.Contains(found.Problem!, Refused(service.Pid), StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_was_deleted_is_a_problem()
    {
        using DotNetService service = DotNetService.Start();
        File.Delete(Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{service.Pid}-*-socket").Single());
        Assert.StartsWith("The socket of its runtime is not to be seen", Find(service.Pid)!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_process_holds_nothing_up()
    {
        using DotNetService service = DotNetService.Start();
        Signal("STOP", service.Pid);
        try
        {
            long begin = Stopwatch.GetTimestamp();
            Assert.Equal($"It is stopped and answers nobody. Continue it: kill -CONT {service.Pid}", Find(service.Pid)!.Problem);
            Assert.Contains("is stopped", Refused(service.Pid), StringComparison.Ordinal);
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(5), "It took long.");
        }
        finally
        {
            Signal("CONT", service.Pid);
        }

        Assert.Null(Find(service.Pid)!.Problem);
    }

    [SkippableFact]
    public void Another_accounts_process_is_shown_and_may_not_be_asked()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "takes root and setpriv");
        using DotNetService service = DotNetService.Start();
        using Process other = Process.Start(new ProcessStartInfo(
            "setpriv",
            [
                "--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/tmp", "dotnet", Path.Combine(ShellProcess.Folder, "Tracers.Shell.dll"), "-Command",
                $"Get-TracerDotNetProcess -Id {service.Pid} | ForEach-Object {{ $_.User; $_.Problem }}",
            ]) { RedirectStandardOutput = true })!;
        string[] lines = other.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["root", "It runs as root, whose runtimes this account may not ask. Use that account, or root."], lines);
    }

    [Fact]
    public void A_process_that_is_not_there_and_one_without_NET_are_told_apart()
    {
        Assert.Equal("There is no process 99999999. Get-TracerDotNetProcess lists the processes with a .NET runtime.", Refused(99999999));
        Assert.StartsWith("Process 1 has no .NET runtime", Refused(1), StringComparison.Ordinal);
        Assert.StartsWith("There is no process 99999999.", Assert.Throws<RuntimeAccessException>(() => s_diagnostics.Inject(99999999, "/hook.dll")).Message, StringComparison.Ordinal);
    }

    internal static void Signal(string name, int pid)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        kill.WaitForExit();
    }

    private static RuntimeProcess? Find(int pid) => s_diagnostics.FindProcesses().SingleOrDefault(p => p.Pid == pid);

    private static string Refused(int pid) =>
        Assert.Throws<RuntimeAccessException>(() => s_diagnostics.Listen(pid, RuntimeListening.Activities, new SinkLog())).Message;
}
