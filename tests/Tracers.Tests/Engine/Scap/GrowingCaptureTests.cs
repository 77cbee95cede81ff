using System.IO.Compression;
using Tracers.Engine.Scap.Writing;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>A capture that its recorder still writes ends anywhere, and that is no damage.</summary>
public sealed class GrowingCaptureTests : IDisposable
{
    private readonly TempFile _file = new();

    public GrowingCaptureTests() => Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells who writes to a file.");

    public void Dispose() => _file.Dispose();

    [SkippableFact]
    public void A_file_that_ends_inside_a_block_gives_what_is_whole_and_no_error_while_it_is_open_for_writing()
    {
        byte[] first = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").ToArray();
        byte[] whole = [.. first, .. new CaptureBuilder().Write(100, 3, "<:1:a::").ToArray()];
        for (int cut = first.Length + 1; cut < first.Length + 30; cut++)
        {
            using (FileStream writer = new(_file.Path, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                writer.Write(whole.AsSpan(0, cut));
                writer.Flush();
                Reading growing = Reading.OfFile(_file.Path);
                Assert.Null(growing.Error);
                Assert.Equal((2L, first.Length), (growing.Statistics.Events, growing.Statistics.BeingWrittenTo));
                Assert.Single(growing.Spans);
            }

            Reading closed = Reading.OfFile(_file.Path);
            Assert.Contains(closed.Error!.Field, (string[])["block header", "event block"]);
            Assert.Equal((2L, null), (closed.Statistics.Events, closed.Statistics.BeingWrittenTo));
        }
    }

    [SkippableFact]
    public void A_recorder_that_writes_whole_blocks_is_a_writer_as_well()
    {
        byte[] whole = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").ToArray();
        using (FileStream writer = new(_file.Path, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            writer.Write(whole);
            writer.Flush();
            Assert.Equal(whole.Length, Reading.OfFile(_file.Path).Statistics.BeingWrittenTo);
        }

        Assert.Null(Reading.OfFile(_file.Path).Statistics.BeingWrittenTo);
    }

    [SkippableFact]
    public void A_reader_of_the_file_is_no_writer()
    {
        byte[] whole = CaptureBuilder.Typical().Write(100, 4, "abc").ToArray();
        File.WriteAllBytes(_file.Path, whole[..^1]);
        using FileStream reader = File.OpenRead(_file.Path);
        Assert.NotNull(Reading.OfFile(_file.Path).Error);
    }

    [SkippableFact]
    public void Damage_is_an_error_also_while_the_file_is_open_for_writing()
    {
        byte[] bytes = CaptureBuilder.Typical().Write(100, 4, "abc").Block(0x999, 1, 2, 3, 4).ToArray();
        using FileStream writer = new(_file.Path, FileMode.Create, FileAccess.Write, FileShare.Read);
        writer.Write(bytes);
        writer.Flush();
        Reading reading = Reading.OfFile(_file.Path);
        Assert.Equal("block type", reading.Error?.Field);
        Assert.Null(reading.Statistics.BeingWrittenTo);
    }

    [SkippableFact]
    public void A_capture_that_has_no_event_yet_is_no_error_while_it_is_open_for_writing()
    {
        using FileStream writer = new(_file.Path, FileMode.Create, FileAccess.Write, FileShare.Read);
        writer.Write(CaptureBuilder.Typical().ToArray());
        writer.Flush();
        Reading reading = Reading.OfFile(_file.Path);
        Assert.Null(reading.Error);
        Assert.Equal(CaptureBuilder.Typical().Length, reading.Statistics.BeingWrittenTo);
    }

    // sysdig -z flushes so: what was written can be inflated, and the member has no end yet.
    [SkippableFact]
    public void A_gzip_file_that_has_been_flushed_in_the_middle_of_a_block_is_read_like_a_plain_one()
    {
        byte[] first = CaptureBuilder.Typical().Write(100, 4, "abc").ToArray();
        byte[] whole = [.. first, .. new CaptureBuilder().Write(100, 4, "def").ToArray()];
        using FileStream writer = new(_file.Path, FileMode.Create, FileAccess.Write, FileShare.Read);
        using GZipStream gzip = new(writer, CompressionLevel.Fastest);
        gzip.Write(whole.AsSpan(0, first.Length + 20));
        gzip.Flush();
        writer.Flush();
        Reading reading = Reading.OfFile(_file.Path);
        Assert.Null(reading.Error);
        Assert.Equal((2L, first.Length), (reading.Statistics.Events, reading.Statistics.BeingWrittenTo));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Everything_that_the_writer_of_this_project_has_flushed_is_read_while_it_goes_on(bool compress)
    {
        using CaptureWriter writer = CaptureWriter.Create(_file.Path, new CaptureWriterOptions { Compress = compress, BufferBytes = 128 << 10 });
        writer.WriteSectionHeader();
        writer.WriteProcesses([CaptureBuilder.Process(100)]);
        for (int round = 1; round <= 3; round++)
        {
            for (int i = 0; i < 10_000; i++)
            {
                EventBuilder written = writer.BeginEvent(CaptureBuilder.Start, 100, 8, 2);
                written.AddI64(4);
                written.AddU32(3);
                written.End();
            }

            // What is not flushed ends between two blocks, or within a gzip member.
            Reading unflushed = Reading.OfFile(_file.Path);
            Assert.Null(unflushed.Error);
            Assert.InRange(unflushed.Statistics.Events, 1, round * 10_000);
            writer.Flush();
            Reading flushed = Reading.OfFile(_file.Path);
            Assert.Null(flushed.Error);
            Assert.Equal(round * 10_000, flushed.Statistics.Events);
        }
    }
}
