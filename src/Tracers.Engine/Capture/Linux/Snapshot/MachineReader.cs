using System.Buffers.Text;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>What a capture says of its machine.</summary>
internal static class MachineReader
{
    private const int HostNameLimit = 128;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Reads it; what the folder does not tell is 0 or empty.</summary>
    public static MachineInfo Read(ProcFolder proc)
    {
        ReadOnlySpan<byte> host = proc.Read("sys/kernel/hostname"u8);
        host = host.TrimEnd((byte)'\n');
        ByteText hostName = new(host[..Math.Min(host.Length, HostNameLimit)].ToArray());
        ulong memory = Number(proc.Read("meminfo"u8), "MemTotal:"u8) * 1024;
        (uint cpus, ulong boot) = ReadStat(proc.Read("stat"u8));
        return new MachineInfo
        {
            CpuCount = cpus,
            MemoryBytes = memory,
            MaxPid = Number(proc.Read("sys/kernel/pid_max"u8), default),
            HostName = hostName,
            BootTime = boot * NanosecondsPerSecond,
        };
    }

    // A line "cpuN" for each CPU that runs, and one that tells when the machine was started.
    private static (uint Cpus, ulong Boot) ReadStat(ReadOnlySpan<byte> stat)
    {
        uint cpus = 0;
        foreach (Range range in stat.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = stat[range];
            if (line.StartsWith("cpu"u8) && line.Length > 3 && line[3] is >= (byte)'0' and <= (byte)'9')
                cpus++;
        }

        return (cpus, Number(stat, "btime "u8));
    }

    private static ulong Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label)
    {
        int start = text.IndexOf(label);
        return start >= 0 && Utf8Parser.TryParse(text[(start + label.Length)..].TrimStart((byte)' '), out ulong number, out _) ? number : 0;
    }
}
