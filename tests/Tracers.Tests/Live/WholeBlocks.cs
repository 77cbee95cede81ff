using System.Buffers.Binary;
using System.IO.Compression;

namespace Tracers.Tests.Live;

/// <summary>What a file that ends anywhere holds of a capture, found without the reader that is tested.</summary>
/// <param name="Events">Events in whole blocks.</param>
/// <param name="Rest">Bytes behind the last whole block.</param>
internal readonly record struct WholeBlocks(int Events, int Rest)
{
    private const int Smallest = 12;

    public static WholeBlocks Of(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        ReadOnlySpan<byte> rest = file is [0x1F, 0x8B, ..] ? Inflate(file) : file;
        int events = 0;
        while (rest.Length >= Smallest)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length < Smallest || length > rest.Length)
                break;
            if (BinaryPrimitives.ReadUInt32LittleEndian(rest) is 0x216 or 0x217 or 0x221 or 0x222)
                events++;
            rest = rest[(int)length..];
        }

        return new WholeBlocks(events, rest.Length);
    }

    private static byte[] Inflate(byte[] file)
    {
        using GZipStream gzip = new(new MemoryStream(file), CompressionMode.Decompress);
        MemoryStream inflated = new();
        byte[] piece = new byte[4096];
        try
        {
            while (gzip.Read(piece) is > 0 and int count)
                inflated.Write(piece, 0, count);
        }
        catch (InvalidDataException)
        {
            // It ends in the middle.
        }

        return inflated.ToArray();
    }
}
