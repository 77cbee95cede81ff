using Tracers.Engine;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Engine.Differential;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>Events that no kernel makes: every field has a value of them, or none.</summary>
public sealed class HostileEventTests
{
    private const int EventsByType = 6;

    private static readonly long[] s_times = [long.MinValue, -1, 0, 1, CaptureBuilder.Start, long.MaxValue - 10_000];

    private static readonly int[] s_lengths = [0, 1, 2, 4, 7, 8, 9];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_field_can_be_read_of_every_type_of_event_whatever_its_parameters_hold(int seed)
    {
        int read = 0;
        HashSet<int> types = [];
        FieldListing.Read(Capture(seed), FilterGenerator.Fields, (_, type, values) =>
        {
            types.Add(type);
            read += values.Count(static v => v is not null);
        });
        Assert.True(read > 10_000 && types.Max() > 400, $"{read} values, {types.Count} types");
    }

    // Parameters are empty, one byte too short or too long, as they should be, or a text; in them stand small numbers, so that they meet, or anything.
    private static CapturePass Capture(int seed)
    {
        Random random = new(seed);
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(1), CaptureBuilder.Process(2, pid: 3), CaptureBuilder.Process(3)).Fds(1, FdRecord.ForFile(1, "/dev/null", 0), FdRecord.ForFile(2, "/dev/log", 0));
        foreach (EventInfo info in EventTable.Infos)
        {
            for (int i = 0; i < EventsByType; i++)
            {
                capture.Now = s_times[random.Next(s_times.Length)];
                object[] parameters = [.. Enumerable.Range(0, random.Next(info.Parameters.Length + 2)).Select(_ => (object)Parameter(random))];
                capture.EventBlock(0x216, random.Next(5), (ushort)info.Number, flags: 0, wide: (info.Traits & EventTraits.Large) != 0, parameters);
            }
        }

        return new CapturePass("memory", MemorySource.Of(capture.ToArray()), keepArguments: true, CancellationToken.None);
    }

    private static byte[] Parameter(Random random)
    {
        byte[] bytes = new byte[random.Next(4) == 0 ? random.Next(70) : s_lengths[random.Next(s_lengths.Length)]];
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(bytes);
                break;
            case 1 when bytes.Length > 0:
                bytes[0] = (byte)random.Next(5);
                break;
            case 2:
                Array.Fill(bytes, (byte)0xff);
                break;
            default:
                ReadOnlySpan<byte> text = random.Next(2) == 0 ? ">:1:a.b:c=d:"u8 : "<14>[../a/../x y\n"u8;
                text[..Math.Min(text.Length, bytes.Length)].CopyTo(bytes);
                break;
        }

        return bytes;
    }
}
