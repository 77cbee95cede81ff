using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>The machine, its users and groups, its addresses, its clocks.</summary>
public class MachineReaderTests
{
    [Fact]
    public void The_machine_is_what_proc_says()
    {
        using FakeProc proc = new();
        proc.File("meminfo", "MemTotal:       16384 kB\nMemFree: 1 kB\n")
            .File("stat", "cpu  1 2 3\ncpu0 1 2\ncpu1 1 2\ncpu10 1\nintr 5\nbtime 1480000000\n")
            .File("sys/kernel/hostname", "web-1\n")
            .File("sys/kernel/pid_max", "4194304\n");
        Assert.Equal(
            new MachineInfo { CpuCount = 3, MemoryBytes = 16 << 20, MaxPid = 4194304, HostName = "web-1", BootTime = 1_480_000_000_000_000_000 },
            MachineReader.Read(proc.Folder));
    }

    [Fact]
    public void What_proc_does_not_say_of_the_machine_is_zero()
    {
        using FakeProc proc = new();
        Assert.Equal(new MachineInfo { CpuCount = 0, MemoryBytes = 0, HostName = default }, MachineReader.Read(proc.Folder));
    }

    [SkippableFact]
    public void This_machine_has_cpus_memory_and_a_name()
    {
        RequireLinux();
        MachineInfo machine = MachineReader.Read(new ProcFolder());
        Assert.InRange(machine.CpuCount, (uint)Math.Min(Environment.ProcessorCount, 1), 1u << 16);
        Assert.InRange(machine.MemoryBytes, 1UL << 26, 1UL << 50);
        Assert.Equal(Environment.MachineName, machine.HostName.ToString().Split('.')[0]);
    }

    [Fact]
    public void Users_and_groups_are_read_from_their_files_and_other_lines_are_passed_over()
    {
        using TempFile users = new(), groups = new();
        File.WriteAllText(users.Path, "root:x:0:0:root:/root:/bin/bash\n# no user\n\n+::::::\nbad:x:y:1::/:/bin/sh\nshort:x:1:1\nwww:x:33:34::/var/www:\n");
        File.WriteAllText(groups.Path, "root:x:0:\nwww:x:34:a,b\nbad:x:z:\n");
        Assert.Equal([new UserRecord(0, 0, "root", "/root", "/bin/bash"), new UserRecord(33, 34, "www", "/var/www", "")], AccountFiles.ReadUsers(users.Path));
        Assert.Equal([new GroupRecord(0, "root"), new GroupRecord(34, "www")], AccountFiles.ReadGroups(groups.Path));
    }

    [Fact]
    public void A_machine_without_the_files_has_no_names()
    {
        Assert.Empty(AccountFiles.ReadUsers("/nowhere/passwd"));
        Assert.Empty(AccountFiles.ReadGroups("/nowhere/group"));
    }

    [SkippableFact]
    public void Interfaces_have_the_addresses_that_the_framework_sees()
    {
        RequireLinux();
        List<InterfaceRecord> read = InterfaceAddresses.Read();
        IEnumerable<string> expected = NetworkInterface.GetAllNetworkInterfaces().SelectMany(
            i => i.GetIPProperties().UnicastAddresses.Select(a => $"{i.Name} {Plain(a.Address)}"));
        Assert.Equal(expected.Order(), read.Select(r => $"{r.Name} {r.Address}").Order());
        Assert.All(read, r => Assert.Equal(r.Address.AddressFamily, r.Netmask.AddressFamily));
        if (read.Find(r => r.Address.Equals(IPAddress.Loopback)) is { } loopback)
            Assert.Equal("255.0.0.0", loopback.Netmask.ToString());

        static IPAddress Plain(IPAddress address) => new(address.GetAddressBytes());
    }

    [SkippableFact]
    public void The_clocks_of_the_probe_and_of_the_day_are_brought_together()
    {
        RequireLinux();
        long offset = MonotonicClock.OffsetToRealtime();
        long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        Assert.InRange((long)MonotonicClock.Now + offset - now, -1_000_000_000, 1_000_000_000);
        Assert.InRange(MonotonicClock.OffsetToRealtime() - offset, -100_000, 100_000);
        ulong first = MonotonicClock.Now;
        Assert.InRange(MonotonicClock.Now, first, first + 10_000_000_000);
    }

    [SkippableFact]
    public void Proc_tells_of_this_process_what_the_framework_does()
    {
        RequireLinux();
        ProcFolder proc = new();
        uint pid = (uint)Environment.ProcessId;
        ProcessProgram program = ProcessProgram.Read(proc, pid, default);
        Assert.Equal(Environment.ProcessPath, program.ExePath.ToString());
        Assert.Equal(Directory.GetCurrentDirectory(), program.Cwd.ToString());
        Assert.NotEqual(0, program.Exe.Length);
        Assert.True(proc.Read(uint.MaxValue, "cmdline"u8).IsEmpty);
        Assert.True(proc.Read(pid, "a-file-that-is-not-there"u8).IsEmpty);
    }

    private static void RequireLinux() => Skip.IfNot(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "needs Linux");
}
