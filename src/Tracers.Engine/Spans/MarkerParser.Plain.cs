using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <content>
/// Markers as programs write them: whole, without escapes, 8 to 64 bytes. Where the syntax's characters stand is found out for 16 bytes at a
/// time and kept as bits, one for each byte, and the marker is read from those: a third of what a look at each byte costs.
/// </content>
internal static partial class MarkerParser
{
    private const int MostPlain = 64;

    // Shorter ones are put together from two halves, in the order of a little-endian machine.
    private static int LeastPlain => BitConverter.IsLittleEndian ? sizeof(ulong) : Vector128<byte>.Count;

    /// <summary>Parses a marker if it is such a one; what it does not take is not thereby wrong.</summary>
    [MethodImpl(HotPath.Compile)]
    public static bool TryParsePlain(ReadOnlySpan<byte> data, ThreadIdentity writer, out Marker marker)
    {
        marker = default;
        if (data.Length < LeastPlain || data.Length > MostPlain || !CanBegin(data[0]) || data[1] != ':')
            return false;
        Places places = PlacesIn(data);
        int idLength = IdLength(data[2..], writer, out long id);
        if (idLength < 0)
            return false;

        int tags = 2 + idLength + 1;
        int tagsEnd = First(places.Colons, tags);
        if (tagsEnd >= data.Length)
            return false;
        int arguments = tagsEnd + 1;
        int end = EndOfArguments(in places, arguments);
        if (end >= data.Length || (places.Others & Below(end)) >> 1 != 0 || (places.EqualSigns & Below(tagsEnd)) >> 1 != 0)
            return false;
        marker = new Marker { Kind = KindOf(data[0]), Id = id, Tags = data[tags..tagsEnd], Arguments = data[arguments..end] };
        return true;
    }

    // Where the closing colon stands, as in ArgumentsLength; past the end when it is not there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfArguments(in Places places, int begin)
    {
        if (begin >= MostPlain || (places.Colons >> begin & 1) != 0)
            return begin;
        bool inName = true;
        for (ulong left = (places.Colons | places.EqualSigns | places.Commas) & ~Below(begin); left != 0; left &= left - 1)
        {
            ulong bit = left & (0 - left);
            if ((places.EqualSigns & bit) != 0)
                inName = !inName;
            else if ((places.Commas & bit) != 0)
                inName = true;
            else if (!inName)
                return BitOperations.TrailingZeroCount(left);
        }

        return MostPlain;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Places PlacesIn(ReadOnlySpan<byte> data)
    {
        ref byte first = ref MemoryMarshal.GetReference(data);
        Places places = default;
        if (data.Length < Vector128<byte>.Count)
        {
            // Two overlapping halves: nothing is read behind the text, where a buffer may end. What fills the rest is NUL, as if it stood there.
            int twice = 2 * sizeof(ulong) - data.Length;
            ulong begin = Unsafe.ReadUnaligned<ulong>(ref first);
            ulong end = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, data.Length - sizeof(ulong)));
            places.Add(Vector128.Create(begin, twice == sizeof(ulong) ? 0 : end >> (8 * twice)).AsByte(), 0);
            return places;
        }

        for (int at = 0; at < data.Length; at += Vector128<byte>.Count)
        {
            // The last load ends with the text, and looks again at what others have seen.
            int from = Math.Min(at, data.Length - Vector128<byte>.Count);
            places.Add(Vector128.LoadUnsafe(ref first, (nuint)from), from);
        }

        return places;
    }

    // 64 for none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int First(ulong places, int from) => from >= MostPlain ? MostPlain : BitOperations.TrailingZeroCount(places & ~Below(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Below(int place) => place >= MostPlain ? ulong.MaxValue : (1UL << place) - 1;

    private struct Places
    {
        public ulong Colons;
        public ulong EqualSigns;
        public ulong Commas;

        /// <summary>Backslash, newline, NUL, &lt; and &gt;: the last two also begin a marker.</summary>
        public ulong Others;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector128<byte> bytes, int from)
        {
            Vector128<byte> others = Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
                | Vector128.Equals(bytes, Vector128<byte>.Zero) | Vector128.Equals(bytes & Vector128.Create((byte)0xfd), Vector128.Create((byte)'<'));
            Others |= (ulong)others.ExtractMostSignificantBits() << from;
            Colons |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)':')).ExtractMostSignificantBits() << from;
            EqualSigns |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'=')).ExtractMostSignificantBits() << from;
            Commas |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)',')).ExtractMostSignificantBits() << from;
        }
    }
}
