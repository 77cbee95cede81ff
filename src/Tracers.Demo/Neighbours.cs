using System.Text;
using Tracers.Demo.Simulation;

namespace Tracers.Demo;

/// <summary>
/// What else the machine does meanwhile. The backup reads and writes more than the service, so that asking for the heaviest file
/// without asking for a span gives the wrong answer.
/// </summary>
internal static class Neighbours
{
    public const long BackupSourceFd = 3;
    public const long BackupTargetFd = 4;
    public const long AgentEpollFd = 3;
    public const long AgentSocketFd = 5;
    public const long AgentNullFd = 6;
    private const int BackupBlock = 512 << 10;

    /// <summary>Reads a database file and writes an archive, half a megabyte at a time.</summary>
    public static async Task BackUpAsync(Machine machine, SimThread thread, WebServer server)
    {
        await machine.Delay(90_000_000);
        await machine.AcquireCpuAsync(thread);
        SyscallScript calls = new(thread);
        Dice dice = new(41);
        for (int block = 0; server.IsOpen; block++)
        {
            byte[] data = Encoding.ASCII.GetBytes($"ibdata page {block:000000} ");
            await calls.ReadAsync(BackupSourceFd, BackupBlock, BackupBlock, data, dice.Next(3, 9) * 1_000_000);
            await thread.RunAsync(2_400_000);
            await calls.WriteAsync(BackupTargetFd, BackupBlock, data);
            await thread.SleepAsync(dice.Next(180, 320) * 1_000_000);
        }

        machine.ReleaseCpu(thread);
    }

    /// <summary>Wakes up every so often, looks at the load, finds no configuration and no message.</summary>
    public static async Task WatchAsync(Machine machine, SimThread thread, WebServer server)
    {
        await machine.Delay(40_000_000);
        await machine.AcquireCpuAsync(thread);
        SyscallScript calls = new(thread);
        for (int round = 0; server.IsOpen; round++)
        {
            await calls.EpollWaitAsync(round % 3 == 0 ? 1 : 0, 700_000_000 + (round * 1_300_000));
            if (round % 3 == 0) await calls.RecvFromAsync(AgentSocketFd, 4096, SyscallScript.Again, []);
            if (round % 5 == 1) await calls.OpenAsync("/etc/agent.d/local.conf", SyscallScript.ReadOnly, SyscallScript.NoEntry);
            long fd = await calls.OpenAsync("/proc/loadavg", SyscallScript.ReadOnly);
            byte[] load = "0.48 0.31 0.22 2/214 5120\n"u8.ToArray();
            await calls.ReadAsync(fd, 1024, load.Length, load);
            await calls.CloseAsync(fd);
            await calls.WriteAsync(AgentNullFd, "alive\n"u8.ToArray());
        }

        machine.ReleaseCpu(thread);
    }
}
