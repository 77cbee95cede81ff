using System.Net;
using Tracers.Demo.Simulation;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Demo;

/// <summary>The scripted machine before the capture begins: its interfaces, users, processes and open descriptors.</summary>
internal sealed class Host
{
    public const int CpuCount = 2;
    private const uint ReadWrite = 3;
    private const uint WriteOnly = 2;
    private const byte Tcp = 2;
    private const byte Udp = 3;

    private static readonly IPAddress s_any = IPAddress.Any;
    private static readonly IPAddress s_self = WebServer.Address.Address;

    public SimProcess Service { get; } = new(1201, 1180, "python")
    {
        Exe = "python", Arguments = ["/srv/app/server.py"], Cwd = "/srv/app/", Uid = 33, Cgroup = "/user.slice",
        VmSizeKb = 412_360, VmRssKb = 18_204,
    };

    public SimProcess Backup { get; } = new(4410, 700, "tar")
    {
        Exe = "tar", Arguments = ["-cf", "/var/backups/db.tar", "/var/lib/mysql/ibdata1"], Cwd = "/root/",
    };

    public SimProcess Agent { get; } = new(830, 1, "agentd") { Arguments = ["--quiet"], Uid = 104, VmSizeKb = 51_000, VmRssKb = 7_200 };

    /// <summary>Writes everything up to the first event.</summary>
    public void Write(CaptureWriter writer)
    {
        writer.WriteSectionHeader();
        writer.WriteMachineInfo(new MachineInfo { CpuCount = CpuCount, MemoryBytes = 4UL << 30, MaxPid = 32_768, HostName = "demo" });
        writer.WriteInterfaces(
        [
            new("lo", IPAddress.Loopback, new IPAddress([255, 0, 0, 0]), new IPAddress([127, 255, 255, 255])),
            new("eth0", s_self, new IPAddress([255, 255, 255, 0]), new IPAddress([10, 0, 0, 255]), 1000),
            new("lo", IPAddress.IPv6Loopback, IPAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), IPAddress.IPv6None),
        ]);
        writer.WriteUsers(
            [
                new(0, 0, "root", "/root", "/bin/bash"),
                new(33, 33, "www-data", "/var/www", "/usr/sbin/nologin"),
                new(104, 110, "agent", "/var/lib/agent", "/bin/false"),
            ],
            [new(0, "root"), new(33, "www-data"), new(110, "agent")]);
        SimProcess init = new(1, 0, "systemd") { Exe = "/sbin/init" };
        SimProcess cron = new(700, 1, "cron") { Exe = "/usr/sbin/cron", Arguments = ["-f"] };
        SimProcess sshd = new(612, 1, "sshd") { Exe = "/usr/sbin/sshd", Arguments = ["-D"] };
        SimProcess shell = new(1180, 612, "bash") { Exe = "-bash", Cwd = "/srv/app/", Uid = 33, Cgroup = "/user.slice" };
        writer.WriteProcesses(new[] { init, sshd, cron, Agent, shell, Service, Backup }.Select(Record));
        WriteFds(
            writer, init,
            FdRecord.ForNamed(3, FdRecordType.EventPoll), FdRecord.ForNamed(4, FdRecordType.SignalFd), Unix(5, "/run/systemd/private"));
        WriteFds(
            writer, sshd,
            FdRecord.ForFile(0, "/dev/null", ReadWrite),
            FdRecord.ForServer(3, new IPEndPoint(s_any, 22), Tcp, 15_011),
            FdRecord.ForServer(4, new IPEndPoint(IPAddress.IPv6Any, 22), Tcp, 15_012),
            FdRecord.ForSocket(5, new IPEndPoint(new IPAddress([10, 0, 0, 9]), 52_110), new IPEndPoint(s_self, 22), Tcp, 15_020));
        WriteFds(writer, cron, FdRecord.ForFile(0, "/dev/null", ReadWrite), FdRecord.ForFile(3, "/run/crond.pid", ReadWrite, 812));
        WriteFds(
            writer, Agent,
            FdRecord.ForFile(0, "/dev/null", SyscallScript.ReadOnly),
            FdRecord.ForNamed(Neighbours.AgentEpollFd, FdRecordType.EventPoll),
            FdRecord.ForNamed(4, FdRecordType.Event),
            FdRecord.ForSocket(
                Neighbours.AgentSocketFd, new IPEndPoint(s_self, 8125), new IPEndPoint(new IPAddress([10, 0, 0, 9]), 40_404), Udp, 15_101),
            FdRecord.ForFile(Neighbours.AgentNullFd, "/dev/null", WriteOnly));
        WriteFds(writer, shell, Terminal(0), Terminal(1), Terminal(2), FdRecord.ForNamed(255, FdRecordType.Pipe, "", 15_200));
        WriteFds(
            writer, Service,
            Terminal(0), Terminal(1), Terminal(WebServer.TerminalFd),
            FdRecord.ForFile(WebServer.MarkerFd, "/dev/null", WriteOnly | 0x40 | SyscallScript.CloseOnExec, 6),
            FdRecord.ForServer(WebServer.ListenFd, new IPEndPoint(s_any, WebServer.Address.Port), Tcp, 15_300));
        WriteFds(
            writer, Backup,
            FdRecord.ForFile(0, "/dev/null", SyscallScript.ReadOnly),
            FdRecord.ForNamed(1, FdRecordType.Pipe, "", 15_400),
            FdRecord.ForNamed(2, FdRecordType.Pipe, "", 15_400),
            FdRecord.ForFile(Neighbours.BackupSourceFd, "/var/lib/mysql/ibdata1", SyscallScript.ReadOnly, 90_210, 0xFD00),
            FdRecord.ForFile(Neighbours.BackupTargetFd, "/var/backups/db.tar", WriteOnly | 4, 90_377, 0xFD00));
    }

    private static FdRecord Terminal(long fd) => FdRecord.ForFile(fd, "/dev/pts/0", ReadWrite, 3, 0x16);

    private static FdRecord Unix(long fd, string name) =>
        new() { Fd = fd, Type = FdRecordType.UnixSocket, Name = name, Inode = 14_002, UnixSource = 0xFFFF_8800_1A2B_3C00 };

    private static void WriteFds(CaptureWriter writer, SimProcess process, params FdRecord[] fds)
    {
        foreach (FdRecord fd in fds) process.Hold(fd.Fd);
        writer.WriteFds(process.Pid, fds);
    }

    private static ProcessRecord Record(SimProcess process) => new()
    {
        Tid = process.Pid,
        Pid = process.Pid,
        ParentTid = process.ParentPid,
        SessionId = process.Pid,
        ProcessGroup = process.Pid,
        Comm = process.Comm,
        Exe = process.Exe,
        ExePath = process.Exe.StartsWith('/') ? process.Exe : "/usr/bin/" + process.Comm,
        Arguments = ByteText.FromList(process.Arguments),
        Cwd = process.Cwd,
        FdLimit = 1024,
        Uid = process.Uid,
        Gid = process.Uid,
        VmSizeKb = process.VmSizeKb,
        VmRssKb = process.VmRssKb,
        MinorFaults = 2140,
        MajorFaults = 3,
        Environment = ByteText.FromList("PATH=/usr/bin:/bin", "LANG=C.UTF-8"),
        VTid = (long)process.Pid,
        VPid = (long)process.Pid,
        Cgroups = ByteText.FromList("cpu=" + process.Cgroup),
        Root = "/",
    };
}
