using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Tracers.Engine.Scap;

/// <summary>Little-endian loads relative to a reference whose range the caller has checked.</summary>
/// <remarks>The hot loop checks a whole event once and then reads a dozen fields: a check a field would double its cost.</remarks>
internal static class Le
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte U8(ref readonly byte start, int offset) => Unsafe.Add(ref Unsafe.AsRef(in start), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort U16(ref readonly byte start, int offset)
    {
        ushort v = Unsafe.ReadUnaligned<ushort>(in Unsafe.Add(ref Unsafe.AsRef(in start), offset));
        return BitConverter.IsLittleEndian ? v : BinaryPrimitives.ReverseEndianness(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint U32(ref readonly byte start, int offset)
    {
        uint v = Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref Unsafe.AsRef(in start), offset));
        return BitConverter.IsLittleEndian ? v : BinaryPrimitives.ReverseEndianness(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long I64(ref readonly byte start, int offset)
    {
        long v = Unsafe.ReadUnaligned<long>(in Unsafe.Add(ref Unsafe.AsRef(in start), offset));
        return BitConverter.IsLittleEndian ? v : BinaryPrimitives.ReverseEndianness(v);
    }
}
