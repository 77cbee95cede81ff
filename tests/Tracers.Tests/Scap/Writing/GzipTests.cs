using System.IO.Compression;
using Tracers.Engine.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

public class GzipTests
{
    private static readonly CaptureWriterOptions s_manyMembers = new()
    {
        Compress = true, BufferBytes = 128 << 10, GzipMemberBytes = 256 << 10,
    };

    [Fact]
    public void The_same_bytes_come_out_compressed()
    {
        byte[] plain = Written.Bytes(Fill);
        byte[] compressed = Written.Bytes(Fill, new() { Compress = true });
        Assert.Equal(new byte[] { 0x1F, 0x8B }, compressed[..2]);
        Assert.True(compressed.Length < plain.Length / 4);
        Assert.Equal(plain, Inflate(compressed));
    }

    [Fact]
    public void A_long_file_has_several_members_and_reads_as_one()
    {
        byte[] compressed = Written.Bytes(Fill, s_manyMembers);
        Assert.InRange(Members(compressed).Count, 3, 100);
        Assert.Equal(Written.Bytes(Fill), Inflate(compressed));
    }

    [Fact]
    public void A_file_cut_in_its_last_member_reads_up_to_the_cut()
    {
        byte[] plain = Written.Bytes(Fill);
        byte[] compressed = Written.Bytes(Fill, s_manyMembers);
        List<int> members = Members(compressed);
        byte[] whole = Inflate(compressed[..members[^1]]);
        byte[] cut = Inflate(compressed[..((members[^1] + compressed.Length) / 2)]);
        Assert.True(cut.Length > whole.Length, "nothing of the last member could be read");
        Assert.Equal(plain[..cut.Length], cut);
        Assert.Equal(plain[..whole.Length], whole);
    }

    [Fact]
    public void What_was_flushed_can_be_read_while_the_writer_goes_on()
    {
        MemoryStream output = new();
        using CaptureWriter writer = new(output, new() { Compress = true });
        writer.WriteSectionHeader();
        Written.AddWrite(writer);
        writer.Flush();
        Assert.Equal(writer.BytesWritten, Inflate(output.ToArray()).Length);
    }

    [SkippableFact]
    public void Sysdig_reads_several_members_and_a_cut_file_up_to_the_cut()
    {
        byte[] compressed = Written.Bytes(Fill, s_manyMembers);
        using TempFile file = new();
        File.WriteAllBytes(file.Path, Written.Bytes(Fill));
        string expected = Sysdig.Read(file.Path);
        File.WriteAllBytes(file.Path, compressed);
        Assert.Equal(expected, Sysdig.Read(file.Path));

        File.WriteAllBytes(file.Path, compressed[..((Members(compressed)[^1] + compressed.Length) / 2)]);
        (int exitCode, string output, string error) = Sysdig.Run(file.Path);
        Assert.Equal(1, exitCode);
        Assert.NotEmpty(error);
        Assert.StartsWith(output, expected, StringComparison.Ordinal);
        Assert.True(output.Length > expected.Length / 2);
    }

    private static void Fill(CaptureWriter writer)
    {
        writer.WriteSectionHeader();
        writer.WriteProcesses([Written.Process()]);
        for (ulong i = 0; i < 20_000; i++) Written.AddWrite(writer, 1_480_000_000_000_000_000 + (i * i));
    }

    /// <summary>Where members begin: their header's fixed bytes, then one that really inflates.</summary>
    private static List<int> Members(byte[] compressed)
    {
        List<int> members = [];
        for (int at = 0; at + 10 < compressed.Length; at++)
        {
            if (compressed[at] == 0x1F && compressed[at + 1] == 0x8B && compressed[at + 2] == 8 && compressed[at + 3] == 0
                && Inflate(compressed[at..]).Length > 100)
            {
                members.Add(at);
            }
        }

        return members;
    }

    /// <summary>What can be inflated; the end of a cut file is left out.</summary>
    private static byte[] Inflate(byte[] compressed)
    {
        using GZipStream gzip = new(new MemoryStream(compressed), CompressionMode.Decompress);
        MemoryStream inflated = new();
        byte[] buffer = new byte[4096];
        try
        {
            for (int read; (read = gzip.Read(buffer)) > 0;) inflated.Write(buffer, 0, read);
        }
        catch (InvalidDataException)
        {
        }

        return inflated.ToArray();
    }
}
