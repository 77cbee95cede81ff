using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>How every record begins; <c>struct record</c> of the probe.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct RecordHeader
{
    public const int Size = 24;

    /// <summary>Bytes of the whole record, a multiple of 8.</summary>
    public readonly uint Length;
    public readonly RecordKind Kind;
    public readonly RecordFlags Flags;

    /// <summary>Number of the system call, in the caller's own table.</summary>
    public readonly ushort Call;

    /// <summary>CLOCK_MONOTONIC, in ns.</summary>
    public readonly ulong Time;
    public readonly uint Tid;
    public readonly uint Pid;
}
