using System.Buffers.Binary;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Events;

/// <summary>Every event type with parameters of any size: there is a line, and values, and no exception.</summary>
public class HostileParameterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Parameters_of_wrong_sizes_are_listed_and_decoded(int seed)
    {
        Random random = new(seed);
        CaptureBuilder capture = CaptureBuilder.Typical();
        foreach (EventInfo info in EventTable.Infos)
        {
            for (int round = 0; round < 8; round++)
            {
                object[] parameters = [.. Enumerable.Range(0, random.Next(info.ParameterCount + 3)).Select(object (_) => Bytes(random))];
                capture.EventBlock((info.Traits & EventTraits.Large) != 0 ? 0x221u : 0x216u, 100, info.Number, 0, (info.Traits & EventTraits.Large) != 0, parameters);
            }
        }

        using TempFile temp = new();
        File.WriteAllBytes(temp.Path, capture.ToArray());
        List<string> listed = EngineListing.Read(temp.Path, includeHidden: true);
        List<TracerEvent> events = [];
        using CaptureFile file = new(temp.Path, keepArguments: true, CancellationToken.None);
        file.ReadEvents(new EventQuery { IncludeHidden = true }, r => events.Add(new TracerEvent(r, temp.Path)));

        Assert.True(events.Count > 2500, $"{events.Count} events");
        Assert.Equal(listed.Count, events.Count);
        Assert.All(events, e => Assert.NotNull($"{e} {string.Concat(e.Arguments.Values)} {e.Category} {e.Bytes} {e.FdName} {e.Client} {e.Server} {e.User} {e.Container}"));
    }

    [Fact]
    public void Of_an_event_whose_last_parameter_is_damaged_no_part_is_listed()
    {
        byte[] bytes = CaptureBuilder.Typical().Write(100, 4, "whole").Write(100, 4, "damaged").ToArray();

        // The length of the data, the second parameter, of the last event: behind block header, cpu, event header and one length.
        int last = bytes.Length - BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 4));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(last + 8 + 2 + 26 + 2), 500);
        using TempFile temp = new();
        File.WriteAllBytes(temp.Path, bytes);
        TextBuffer text = new();
        List<string> lines = [];
        using CaptureFile file = new(temp.Path, keepArguments: false, CancellationToken.None);
        Assert.Throws<ScapFormatException>(() => file.List(new EventQuery(), text, TimeZoneInfo.Utc, () =>
        {
            lines.Add(text.ToString());
            text.Length = 0;
        }));
        Assert.Equal(3, lines.Count);
        Assert.Equal(0, text.Length);
    }

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(4) == 0 ? random.Next(300) : random.Next(12)];
        random.NextBytes(bytes);
        return bytes;
    }
}
