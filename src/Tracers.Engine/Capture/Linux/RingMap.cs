using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture.Linux;

/// <summary>The rings of all possible CPUs, which are the elements of one map.</summary>
internal sealed class RingMap : IDisposable
{
    private readonly SafeMemoryMap _memory;
    private readonly Ring[] _rings;

    /// <summary>Maps the rings of a loaded object.</summary>
    public unsafe RingMap(BpfMap map, int possibleCpus, int ringSize)
    {
        int stride = ElementSize(ringSize);
        _memory = Libc.MapShared(Libbpf.MapDescriptor(map), (nuint)stride * (nuint)possibleCpus);
        byte* start = (byte*)_memory.DangerousGetHandle();
        _rings = new Ring[possibleCpus];
        for (int cpu = 0; cpu < possibleCpus; cpu++)
            _rings[cpu] = new Ring(cpu, start + (nuint)stride * (nuint)cpu, ringSize);
    }

    public ReadOnlySpan<Ring> Rings => _rings;

    /// <summary>Bytes of a CPU's element: whole pages, so that every element begins with one.</summary>
    public static int ElementSize(int ringSize) => Ring.HeadSize + ringSize + Ring.MaxRecord;

    public void Dispose() => _memory.Dispose();
}
