using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>Before each copy in a record, at a multiple of 8 bytes; <c>struct copy_head</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct CopyHead
{
    public const int HeadSize = 8;

    /// <summary>The value of <see cref="Whole"/> when the memory could not be read.</summary>
    public const int NotReadable = -1;

    public readonly ushort Kind;

    /// <summary>Bytes that follow.</summary>
    public readonly ushort Size;

    /// <summary>Bytes there were: an iovec's total, a buffer's length.</summary>
    public readonly int Whole;
}
