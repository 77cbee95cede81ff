using System.IO.Compression;

namespace Tracers.Engine.Scap;

/// <summary>A gzip file with one more small member behind its end, by which a reader sees whether the last one was whole.</summary>
/// <remarks>
/// The framework's inflater reports a file that is cut off as its end. Behind a whole file the mark inflates to itself; in the
/// middle of a member it is taken for compressed data and does not.
/// </remarks>
internal sealed class EndMarkedStream(Stream file) : ReadOnlyStream
{
    private static readonly byte[] s_text = "end of file mark"u8.ToArray();
    private static readonly byte[] s_member = Compress(s_text);
    private int _given = -1;

    /// <summary>Whether the file is used up, so that what is inflated from now on comes from the mark.</summary>
    public bool IsMark => _given >= 0;

    /// <summary>Bytes of the file that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether <paramref name="begun"/> and what else <paramref name="inflater"/> gives are the mark.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> begun, Stream inflater)
    {
        Span<byte> text = stackalloc byte[s_text.Length + 1];
        if (begun.Length > s_text.Length)
            return false;
        begun.CopyTo(text);
        int length = begun.Length;
        int read;
        while (length < text.Length && (read = inflater.Read(text[length..])) > 0)
            length += read;
        return text[..length].SequenceEqual(s_text);
    }

    public override int Read(Span<byte> buffer)
    {
        if (!IsMark)
        {
            int read = file.Read(buffer);
            BytesRead += read;
            if (read > 0 || buffer.IsEmpty)
                return read;
            _given = 0;
        }

        int count = Math.Min(buffer.Length, s_member.Length - _given);
        s_member.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    private static byte[] Compress(byte[] text)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.NoCompression))
            gzip.Write(text);
        return output.ToArray();
    }
}
