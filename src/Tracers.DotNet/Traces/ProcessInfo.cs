using System.Buffers.Binary;
using System.Text;

namespace Tracers.DotNet.Traces;

/// <summary>Finds the command line of a trace's process. Runtimes write it when a session ends, as the event ProcessInfo.</summary>
/// <remarks>
/// It is wanted before the first event, and TraceEvent would have to read everything twice. So the bytes of its payload are looked for: the command
/// line, the system and the processor, in UTF-16, each with a zero behind it; and their length stands right before them.
/// </remarks>
internal static class ProcessInfo
{
    private const int Piece = 4 << 20;
    private const int LongestPayload = 128 << 10;
    private const int LongestProcessor = 64;

    // Behind it there is only what a runtime says of its methods at the end.
    private const long Farthest = 256 << 20;

    private static readonly byte[][] s_systems = [.. new[] { "Linux", "Windows", "macOS" }.Select(static system => Encoding.Unicode.GetBytes($"\0{system}\0"))];

    /// <summary>The command line; null where it is not found.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? FindCommandLine(FileStream file, CancellationToken cancellation)
    {
        long end = file.Length;
        byte[] buffer = new byte[(int)Math.Min(end, Piece + LongestPayload)];
        for (long behind = end; behind > Math.Max(0, end - Farthest); behind = Math.Max(0, behind - Piece))
        {
            cancellation.ThrowIfCancellationRequested();
            long start = Math.Max(0, behind - Piece);
            int length = 0;
            while (length < buffer.Length && RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(length), start + length) is > 0 and var read)
                length += read;
            if (FindIn(buffer.AsSpan(0, length)) is { } found)
                return found;
        }

        return null;
    }

    private static string? FindIn(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] system in s_systems)
        {
            int at = 0;
            while (bytes[at..].IndexOf(system) is >= 0 and var next)
            {
                at += next;
                if (Before(bytes, at, at + system.Length) is { } found)
                    return found;
                at += sizeof(char);
            }
        }

        return null;
    }

    // The text that ends at a place, where it begins behind the length of it all.
    private static string? Before(ReadOnlySpan<byte> bytes, int textEnd, int processor)
    {
        int end = processor;
        while (end + 1 < bytes.Length && end - processor < LongestProcessor && BinaryPrimitives.ReadUInt16LittleEndian(bytes[end..]) != 0)
            end += sizeof(char);
        end += sizeof(char);
        for (int start = textEnd - sizeof(char); start >= sizeof(int) && textEnd - start < LongestPayload && BinaryPrimitives.ReadUInt16LittleEndian(bytes[start..]) != 0; start -= sizeof(char))
        {
            if (IsLength(bytes[..start], end - start))
                return Encoding.Unicode.GetString(bytes[start..textEnd]);
        }

        return null;
    }

    // In seven bits at a time, or in four bytes.
    private static bool IsLength(ReadOnlySpan<byte> before, int length) =>
        length < 1 << 7 ? before[^1] == length
        : length < 1 << 14 ? before[^2] == ((length & 0x7F) | 0x80) && before[^1] == length >> 7
        : BinaryPrimitives.ReadInt32LittleEndian(before[^4..]) == length
            || (before[^3] == ((length & 0x7F) | 0x80) && before[^2] == (((length >> 7) & 0x7F) | 0x80) && before[^1] == length >> 14);
}
