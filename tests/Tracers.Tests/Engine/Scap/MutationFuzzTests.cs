using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Events;
using Tracers.Engine.Pictures;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>
/// Captures with random damage: whatever comes, every kind of question ends, and with no other exception than the one for damaged
/// files. Each round is made of the seed and its number alone, so a failure can be repeated. README.md of the tests has the long run.
/// </summary>
public class MutationFuzzTests
{
    private const int Rounds = 200_000;
    private const int GzipEvery = 40;
    private const int Seed = 20161220;

    // What a damaged capture of some kilobytes may take; a length in it that claimed memory would be far above.
    private const long MostMemory = 16 << 20;

    private static readonly int[] s_lengths = [0, 1, 2, 3, 4, 7, 8, 11, 12, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, int.MinValue, -1, -2];

    private static readonly (string Name, Action<CaptureFile> Ask)[] s_questions =
    [
        ("summary", file => file.Summarize()),
        ("spans", file => file.ReadSpans(new(), span => _ = span.Tags.Text + span.Duration)),
        ("I/O", MeasureIo),
        ("listing", List),
        ("spectrogram", Draw),
        ("events", file => file.ReadEvents(new() { IncludeHidden = true }, e => Decode(new TracerEvent(e, "fuzz")))),
    ];

    [Fact]
    public void Damaged_captures_give_the_error_for_damaged_captures_or_none_to_every_question()
    {
        int rounds = Setting("TRACERS_FUZZ_ROUNDS", Rounds), seed = Setting("TRACERS_FUZZ_SEED", Seed);
        byte[][] captures = [.. Captures()];
        long errors = 0;
        Parallel.For(0, rounds, (round, state) =>
        {
            if (!Run(captures, seed, round, out string? failure))
                Interlocked.Increment(ref errors);
            if (failure is not null)
            {
                state.Stop();
                Assert.Fail(failure);
            }
        });

        // Neither do all survive, nor is all refused: the damage reaches every depth.
        Assert.InRange(errors, rounds / 10, rounds - rounds / 10);
    }

    // False where the capture was refused.
    private static bool Run(byte[][] captures, int seed, int round, out string? failure)
    {
        Random random = new(HashCode(seed, round));
        int chosen = random.Next(captures.Length);
        byte[] capture = Mutate(captures[chosen], random, out string mutation);
        bool gzip = round % GzipEvery == 0;
        if (gzip)
            capture = MutateGzip(capture, random);
        (string question, Action<CaptureFile> ask) = s_questions[random.Next(s_questions.Length)];
        failure = null;
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool whole = Ask(capture, ask);
            long used = GC.GetAllocatedBytesForCurrentThread() - before;
            return used <= MostMemory ? whole : throw new InvalidOperationException($"It took {used >> 20} MB.");
        }
        catch (Exception e)
        {
            string kept = Path.Combine(Path.GetTempPath(), $"tracers-fuzz-{seed}-{round}.scap");
            File.WriteAllBytes(kept, capture);
            failure = $"seed {seed}, round {round}, asked for {question}, capture {chosen}{(gzip ? ", gzip" : "")}, {mutation}: {e.GetType().Name} for {kept}: {e}";
            return false;
        }
    }

    private static bool Ask(byte[] capture, Action<CaptureFile> ask)
    {
        try
        {
            using CaptureFile file = new("fuzz", Source(capture), keepArguments: true, CancellationToken.None);
            ask(file);
            return true;
        }
        catch (ScapFormatException)
        {
            return false;
        }
    }

    // Not System.HashCode, which is another one in every process.
    private static int HashCode(int seed, int round) => unchecked((seed * 31) ^ (round * (int)2654435761));

    private static ByteSource Source(byte[] capture) => capture is [0x1F, 0x8B, ..]
        ? ByteSource.OpenStream("fuzz", _ => new MemoryStream(capture), CancellationToken.None)
        : MemorySource.Of(capture);

    private static void MeasureIo(CaptureFile file)
    {
        IoAccounting accounting = new(new IoQuery { Keys = [.. Enum.GetValues<IoKey>()], IncludeUnattributed = true });
        file.MeasureIo(accounting);
        foreach (IoRow row in accounting.Rows)
            _ = string.Concat(row.Keys);
    }

    private static void List(CaptureFile file)
    {
        TextBuffer text = new();
        file.List(new() { IncludeHidden = true }, text, TimeZoneInfo.Utc, () => text.Length = 0);
    }

    private static void Draw(CaptureFile file)
    {
        // One of the three, which the file decides: so the round can be repeated.
        SpectrogramMetric metric = (SpectrogramMetric)((file.Statistics.FileLength ?? 0) % 3);
        SpectrogramGrid grid = new(new SpectrogramQuery { Metric = metric, Columns = 67, Spans = new SpanQuery { WithWork = metric == SpectrogramMetric.Bytes } });
        try
        {
            file.ReadSpectrogram(grid);
        }
        finally
        {
            foreach (PictureLine line in SpectrogramPicture.Draw(grid, "fuzz", 80, TimeZoneInfo.Utc, Views.Pictures))
                Assert.True(line.Columns <= 80);
        }
    }

    private static void Decode(TracerEvent e)
    {
        foreach (object? value in e.Arguments.Values)
            _ = value?.ToString();
        _ = $"{e} {e.Info} {e.Category} {e.Fd} {e.FdName} {e.FdType} {e.Result} {e.ErrorName} {e.Bytes} {e.Latency} {e.SpanTag} {e.SpanId} {e.Spans.Count}";
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int asked) ? asked : otherwise;

    private static byte[] Mutate(byte[] seed, Random random, out string mutation)
    {
        byte[] bytes = (byte[])seed.Clone();
        mutation = "";
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int at = random.Next(bytes.Length), kind = random.Next(7);
            mutation += $"{(mutation.Length > 0 ? ", " : "")}mutation {kind} at {at}";
            switch (kind)
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    byte[] number = BitConverter.GetBytes(s_lengths[random.Next(s_lengths.Length)]);
                    number.AsSpan(0, Math.Min(random.Next(1, 5), bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                    break;
                case 3:
                    bytes = bytes[..Math.Max(at, 1)];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
                    bytes = bytes.Length == 0 ? [0] : bytes;
                    break;
                case 5:
                    // An event type or a small number a step off: other events with these parameters.
                    bytes[at] += (byte)random.Next(-4, 5);
                    break;
                default:
                    random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)));
                    break;
            }
        }

        return bytes;
    }

    private static byte[] MutateGzip(byte[] capture, Random random)
    {
        byte[] gzip = GzipReadingTests.Compress(capture);
        return random.Next(2) == 0 ? gzip : Mutate(gzip, random, out _);
    }

    private static IEnumerable<byte[]> Captures()
    {
        yield return EveryEventType();
        yield return Lists();
        yield return Sockets();
        yield return CaptureBuilder.Typical().Write(100, 3, ">:t:a.b:k=v,l=w:").Read(100, 4, 50).Write(100, 3, "=:7:::").Write(100, 3, ">:p:\\:x::")
            .Write(100, 3, "<:t:a.b::").Open(100, 9, "../x").Close(100, 9).Write(100, 9, "y").ToArray();
        foreach (string vector in (string[])["demo", "thread", "fork", "net", "misc", "relopen", "v1", "edge", "cont", "switch-marker-two-threads"])
        {
            string path = Path.Combine(Repository.Root, "..", "shared", "vectors", vector + ".scap");
            if (File.Exists(path))
                yield return File.ReadAllBytes(path);
        }
    }

    // Each with parameters of sensible widths, so that damage meets every branch of the state.
    private static byte[] EveryEventType()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (ushort type = 0; type < EventTable.Infos.Length; type++)
            capture.EventBlock(0x216, 100, type, 0, wide: type is 322 or 324 or 402, (long)(type % 9), "/a/../b", 100L, 100L, 1L, "cwd", 7u, (byte)1);
        return capture.ToArray();
    }

    private static byte[] Lists()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Block(0x201, new byte[180]);
        capture.Block(0x205, [1, 0, 4, 0, 10, 0, 0, 5, 255, 0, 0, 0, .. new byte[12], .. "eth0"u8]);
        capture.Block(0x220, Written.Join(23, (byte)0, 1u, 2u, MetadataListTests.Str("ab"), MetadataListTests.Str("cd"), MetadataListTests.Str("e")));
        capture.Block(0x202, MetadataListTests.ProcessEntry(1, 100, "python")).Block(0x214, MetadataListTests.ProcessEntry(8, 200, "other"));
        capture.Processes(CaptureBuilder.Process(300), CaptureBuilder.Process(301, "thread", 300, 1));
        capture.Fds(300, FdRecord.ForFile(3, "/dev/null", 2), FdRecord.ForServer(4, new(0x0100007F, 80), 2), FdRecord.ForNamed(5, FdRecordType.Pipe, "p"));
        return capture.Write(301, 3, ">:1:a::").Write(300, 4, "x").ToArray();
    }

    private static byte[] Sockets()
    {
        byte[] tuple4 = Written.Join((byte)2, 0x0900000A, (ushort)5000, 0x0500000A, (ushort)80), tuple6 = Written.Join((byte)10, new byte[15], (byte)1, (ushort)1, new byte[16], (ushort)2);
        byte[] unix = Written.Join((byte)1, 1L, 2L, "/run/x\0");
        CaptureBuilder capture = CaptureBuilder.Typical();
        foreach (uint domain in (uint[])[1, 2, 10, 16])
        {
            capture.Event(100, 18, domain, 2u, 0u).Event(100, 19, 7L);
            capture.Event(100, 20, 7L).Event(100, 21, 0L, domain == 1 ? [1, .. "/s\0"u8] : Written.Join((byte)2, 0, (ushort)99));
            capture.Event(100, 22, 7L).Event(100, 23, 0L, domain == 10 ? tuple6 : domain == 1 ? unix : tuple4);
            capture.Event(100, 30, 7L, 3u, tuple4).Event(100, 31, 3L, "abc"u8.ToArray()).Event(100, 34, 7L, 3u).Event(100, 35, 3L, "abc"u8.ToArray(), tuple6);
            capture.Event(100, 52, 7L).Event(100, 53, 3L, 3u, "abc"u8.ToArray(), tuple4).Event(100, 246).Event(100, 247, 8L, domain == 1 ? unix : tuple6, (byte)0, 0u, 1u);
        }

        return capture.ToArray();
    }
}
