using System.Globalization;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>
/// Captures with random damage: whatever comes, a pass ends, and with no other exception than the one for damaged files. The seed is
/// fixed; TRACERS_FUZZ_ROUNDS sets another number of rounds for a longer run by hand.
/// </summary>
public class MutationFuzzTests
{
    private const int Rounds = 20_000;
    private const int GzipEvery = 40;
    private const int Seed = 20161220;

    private static readonly int[] s_lengths = [0, 1, 2, 3, 4, 7, 8, 11, 12, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, int.MinValue, -1, -2];

    [Fact]
    public void Damaged_captures_give_the_error_for_damaged_captures_or_none()
    {
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("TRACERS_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out int asked) ? asked : Rounds;
        byte[][] seeds = [.. Seeds()];
        Random random = new(Seed);
        using TempFile file = new();
        int errors = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] capture = Mutate(seeds[round % seeds.Length], random);
            if (round % GzipEvery == 0)
                capture = MutateGzip(capture, random);
            File.WriteAllBytes(file.Path, capture);
            try
            {
                errors += Reading.OfFile(file.Path).Error is null ? 0 : 1;
            }
            catch (Exception e)
            {
                string kept = Path.Combine(Path.GetTempPath(), $"tracers-fuzz-{Seed}-{round}.scap");
                File.WriteAllBytes(kept, capture);
                Assert.Fail($"round {round}: {e.GetType().Name} for {kept}: {e}");
            }
        }

        // Neither do all survive, nor is all refused: the damage reaches every depth.
        Assert.InRange(errors, rounds / 10, rounds - rounds / 10);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        byte[] bytes = (byte[])seed.Clone();
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(7))
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
        return random.Next(2) == 0 ? gzip : Mutate(gzip, random);
    }

    private static IEnumerable<byte[]> Seeds()
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
        for (ushort type = 0; type < 340; type++)
            capture.EventBlock(0x216, 100, type, 0, wide: type is 322 or 324, (long)(type % 9), "/a/../b", 100L, 100L, 1L, "cwd", 7u, (byte)1);
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
