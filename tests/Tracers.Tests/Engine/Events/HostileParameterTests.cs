using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Xunit;

namespace Tracers.Tests.Engine.Events;

/// <summary>Events whose parameters have sizes and contents that their types do not have.</summary>
public class HostileParameterTests
{
    private static readonly EventQuery s_all = new() { IncludeHidden = true };

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0x2E)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Every_event_type_with_parameters_of_any_size_is_listed_and_handed_out(byte content)
    {
        foreach (int size in (int[])[0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 18, 19, 36, 37, 38, 80, 81, 1023, 1025])
        {
            byte[] parameter = new byte[size];
            parameter.AsSpan().Fill(content);
            CaptureBuilder capture = CaptureBuilder.Typical();
            for (int type = 0; type < EventTable.Infos.Length; type++)
            {
                bool wide = (EventTable.Traits[type] & EventTraits.Large) != 0;
                foreach (int more in (int[])[0, 2])
                {
                    object[] parameters = [.. Enumerable.Repeat<object>(parameter, EventTable.Infos[type].ParameterCount + more)];
                    capture.EventBlock(0x216, CaptureBuilder.Tid, (ushort)type, 0, wide, parameters);
                }
            }

            List<string> lines = [.. Lines(capture.ToArray(), out ScapFormatException? error)];
            Assert.True(error is null, error?.Message);
            int at = 0;
            using CaptureFile file = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: true, CancellationToken.None);
            file.ReadEvents(s_all, record =>
            {
                TracerEvent e = new(record, "memory");
                Assert.NotNull(e.Arguments);
                Assert.NotNull(e.Info);
                Assert.NotNull(e.Category);
                Assert.Equal(lines[at++], e.ToString());
                _ = (e.Type, e.Result, e.ErrorName, e.Client, e.Server, e.Transport, e.Time, e.Latency, e.Bytes);
            });
            Assert.Equal(lines.Count, at);
        }
    }

    [Fact]
    public void A_line_whose_last_parameter_leaves_the_event_is_not_begun()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(CaptureBuilder.Tid, 4, 10);
        byte[] bytes = capture.Event(CaptureBuilder.Tid, 7, 5L, "data"u8.ToArray()).ToArray();

        // The length of the last parameter, which stands before 12 bytes of parameters and the padded end of the block.
        int length = bytes.AsSpan().LastIndexOf((byte[])[8, 0, 4, 0]) + 2;
        bytes[length] = 0xFF;
        TextBuffer text = new();
        List<int> ends = [];
        using CaptureFile file = new("memory", MemorySource.Of(bytes), keepArguments: true, CancellationToken.None);
        Assert.Throws<ScapFormatException>(() => file.List(s_all, text, TimeZoneInfo.Utc, () => ends.Add(text.Length)));
        Assert.Equal(2, ends.Count);
        Assert.Equal(ends[^1], text.Length);
    }

    private static List<string> Lines(byte[] capture, out ScapFormatException? error)
    {
        List<string> lines = [];
        TextBuffer text = new();
        error = null;
        using CaptureFile file = new("memory", MemorySource.Of(capture), keepArguments: true, CancellationToken.None);
        try
        {
            file.List(s_all, text, TimeZoneInfo.Local, () =>
            {
                lines.Add(text.ToString());
                text.Length = 0;
            });
        }
        catch (ScapFormatException e)
        {
            error = e;
        }

        return lines;
    }
}
