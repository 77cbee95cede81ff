namespace Tracers.Demo.Simulation;

/// <summary>A process of the scripted machine: what its events say about it, and which descriptors it has in use.</summary>
internal sealed class SimProcess(ulong pid, ulong parentPid, string comm)
{
    private readonly HashSet<long> _open = [];

    public ulong Pid { get; } = pid;

    public ulong ParentPid { get; } = parentPid;

    public string Comm { get; } = comm;

    public string Exe { get; init; } = "/usr/bin/" + comm;

    public string[] Arguments { get; init; } = [];

    public string Cwd { get; init; } = "/";

    public uint Uid { get; init; }

    public uint VmSizeKb { get; init; } = 24_000;

    public uint VmRssKb { get; init; } = 6_000;

    public string Cgroup { get; init; } = "/system.slice";

    /// <summary>Marks a descriptor as open, as the descriptor list has it.</summary>
    public void Hold(long fd) => _open.Add(fd);

    /// <summary>The lowest free descriptor, as the kernel gives it out.</summary>
    public long TakeFd()
    {
        long fd = 0;
        while (!_open.Add(fd)) fd++;
        return fd;
    }

    /// <summary>Frees a descriptor.</summary>
    public void FreeFd(long fd) => _open.Remove(fd);
}
