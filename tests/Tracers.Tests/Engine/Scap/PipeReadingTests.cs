using System.Diagnostics;
using Tracers.Engine;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>Captures that come through a named pipe.</summary>
public sealed class PipeReadingTests : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(500);

    private readonly TemporaryFolder _folder = new();
    private readonly string _pipe;

    public PipeReadingTests()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Named pipes are read on Linux only.");
        _pipe = Path.Join(_folder.FullName, "pipe");
        using Process make = Process.Start("mkfifo", [_pipe]);
        make.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_capture_through_a_pipe_reads_like_the_file_however_it_is_cut_into_pieces(bool compress)
    {
        byte[] plain = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 4, new byte[9000]).Write(100, 3, "<:1:a::").ToArray();
        byte[] capture = compress ? GzipReadingTests.Compress(plain) : plain;
        foreach (int piece in (int[])[1, 7, 4096, capture.Length])
        {
            Task<Reading> reading = Task.Run(() => Reading.OfFile(_pipe));
            await Feed(stream =>
            {
                foreach (byte[] bytes in capture.Chunk(piece))
                    stream.Write(bytes);
            });
            Reading read = await reading;
            Assert.Null(read.Error);
            Assert.Equal((6, 1, compress, null), (read.Events.Count, read.Spans.Count, read.Statistics.Compressed, read.Statistics.FileLength));
        }
    }

    [SkippableFact]
    public async Task Events_come_out_while_the_pipe_is_still_open()
    {
        using SemaphoreSlim seen = new(0);
        using CancellationTokenSource stop = new();
        Task reading = Task.Run(() =>
        {
            using CaptureFile file = new(_pipe, keepArguments: false, stop.Token);
            file.ReadEvents(new(), _ => seen.Release());
        });
        await Feed(stream =>
        {
            stream.Write(CaptureBuilder.Typical().Write(100, 4, "abc").ToArray());
            stream.Flush();
            Assert.True(seen.Wait(10_000) && seen.Wait(10_000));
            stream.Write(new CaptureBuilder().Write(100, 4, "abc").ToArray());
            stream.Flush();
            Assert.True(seen.Wait(10_000) && seen.Wait(10_000));
        });
        await reading;
    }

    [SkippableFact]
    public async Task A_pipe_whose_writer_goes_away_in_the_middle_of_a_block_is_a_capture_that_is_cut_off()
    {
        Task<Reading> reading = Task.Run(() => Reading.OfFile(_pipe));
        await Feed(stream => stream.Write(CaptureBuilder.Typical().Write(100, 4, "abc").ToArray().AsSpan()[..^1]));
        Reading read = await reading;
        Assert.Equal("event block", read.Error?.Field);
        Assert.Single(read.Events);
    }

    [SkippableTheory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(400, false)]
    [InlineData(0, true)]
    [InlineData(60, true)]
    public async Task Cancelling_ends_the_waiting_for_a_writer_or_its_bytes_at_once(int bytes, bool compress)
    {
        byte[] plain = CaptureBuilder.Typical().Write(100, 4, "abc").ToArray();
        byte[] capture = compress ? GzipReadingTests.Compress(plain) : plain;
        using CancellationTokenSource stop = new();
        Task reading = Task.Run(() =>
        {
            using CapturePass pass = new(_pipe, keepArguments: false, stop.Token);
            Recorder recorder = new(new Reading(), pass);
            pass.Run(ref recorder);
        });
        if (bytes < 0)
            await WaitSome();
        else
            await Feed(Write);

        async Task WaitSome()
        {
            await Task.Delay(200);
            await Cancel();
        }

        void Write(Stream stream)
        {
            stream.Write(capture.AsSpan(0, Math.Min(bytes, capture.Length)));
            stream.Flush();
            WaitSome().GetAwaiter().GetResult();
        }

        async Task Cancel()
        {
            Assert.False(reading.IsCompleted);
            long begin = Stopwatch.GetTimestamp();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, s_soon);
        }
    }

    [SkippableFact]
    public async Task A_pass_that_has_enough_leaves_a_silent_pipe_at_once()
    {
        byte[] gzip = GzipReadingTests.Compress(CaptureBuilder.Typical().Write(100, 4, new byte[300_000 / 5]).Write(100, 4, new byte[60_000]).Write(100, 4, new byte[60_000]).Write(100, 4, new byte[60_000]).Write(100, 4, new byte[60_000]).ToArray());
        Task reading = Task.Run(() =>
        {
            using CaptureFile file = new(_pipe, keepArguments: false, CancellationToken.None);
            file.ReadEvents(new() { First = 1 }, _ => { });
        });
        await Feed(stream =>
        {
            stream.Write(gzip.AsSpan(0, gzip.Length - 4));
            stream.Flush();
            Assert.True(reading.Wait(10_000), "The inflating goes on.");
        });
        await reading;
    }

    [SkippableFact]
    public async Task A_pipe_that_gives_nothing_is_empty()
    {
        Task<Reading> reading = Task.Run(() => Reading.OfFile(_pipe));
        await Feed(_ => { });
        Assert.Contains("is empty", (await reading).Error?.Message, StringComparison.Ordinal);
    }

    private Task Feed(Action<Stream> write) => Task.Run(() =>
    {
        using FileStream stream = new(_pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        write(stream);
    });
}
