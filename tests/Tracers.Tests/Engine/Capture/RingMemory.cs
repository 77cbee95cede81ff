using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux;

namespace Tracers.Tests.Engine.Capture;

/// <summary>Rings in this process's own memory, written as the probe writes them.</summary>
internal sealed unsafe class RingMemory : IDisposable
{
    public const int RingBytes = 64 * 1024;

    private readonly byte* _memory;
    private readonly ulong[] _produced;

    public RingMemory(int cpus)
    {
        int stride = RingMap.ElementSize(RingBytes);
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)(stride * cpus));
        _produced = new ulong[cpus];
        Rings = [.. Enumerable.Range(0, cpus).Select(cpu => new Ring(cpu, _memory + (stride * cpu), RingBytes))];
    }

    public Ring[] Rings { get; }

    /// <summary>Writes a record that holds nothing but its time and a number, and makes it count.</summary>
    public void Write(int cpu, ulong time, uint number, uint length = 32)
    {
        byte* at = Rings[cpu].At(_produced[cpu]);
        *(uint*)at = length;
        *(ulong*)(at + 8) = time;
        *(uint*)(at + 16) = number;
        _produced[cpu] += length;
        *(ulong*)Head(cpu) = _produced[cpu];
    }

    public void SetBusy(int cpu, bool busy) => *(ulong*)(Head(cpu) + Ring.BusyAt) = busy ? 1UL : 0;

    public void SetLost(int cpu, ulong lost) => *(ulong*)(Head(cpu) + Ring.LostAt) = lost;

    public void Dispose() => NativeMemory.Free(_memory);

    private byte* Head(int cpu) => _memory + (RingMap.ElementSize(RingBytes) * cpu);
}
