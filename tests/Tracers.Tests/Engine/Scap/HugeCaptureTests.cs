using Tracers.Engine;
using Tracers.Engine.Scap;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>Captures of more than 4 GiB, whose offsets do not fit 32 bits. They are not that large on any disk.</summary>
public class HugeCaptureTests
{
    private const long MoreThan4GiB = (1L << 32) + (1L << 26);

    [Fact]
    public void Everything_behind_4_GiB_is_read_and_an_error_there_says_where()
    {
        byte[] front = CaptureBuilder.Typical().ToArray();
        byte[] large = new CaptureBuilder().EventBlock(0x216, 100, 9, 0, false, 1L, new byte[65_000]).ToArray();
        byte[] last = new CaptureBuilder().Write(100, 3, ">:1:late::").Write(100, 4, "abc").Write(100, 3, "<:1:late::").ToArray();
        long times = MoreThan4GiB / large.Length;
        long offset = front.Length + times * large.Length + last.Length;
        byte[] damaged = new CaptureBuilder().Block(0x999, 1, 2, 3, 4).ToArray();

        List<string> spans = [];
        long furthest = 0;
        using CaptureFile file = new("huge.scap", new MemorySource((front, 1), (large, times), (last, 1), (damaged, 1)), keepArguments: false, CancellationToken.None);
        file.Progress = position => furthest = position;
        ScapFormatException error = Assert.Throws<ScapFormatException>(() => file.ReadSpans(new(), span => spans.Add(span.Tags.Text)));

        Assert.Equal(["late"], spans);
        Assert.Equal(times + 6, file.Statistics.Events);
        Assert.Equal(offset, error.Offset);
        Assert.Contains($"at byte {offset}", error.Message, StringComparison.Ordinal);
        Assert.True(furthest > 1L << 32, $"progress ended at {furthest}");
    }

    [Fact]
    public void A_section_behind_4_GiB_is_read_and_an_error_in_its_lists_says_where()
    {
        byte[] front = CaptureBuilder.Typical().ToArray();
        // Events that are not shown, so that the test does not keep them all.
        byte[] large = new CaptureBuilder().EventBlock(0x217, 100, 9, 1, false, 1L, new byte[65_000]).ToArray();
        byte[] section = new CaptureBuilder().Header().Block(0x203, [1, 2, 3, 4]).ToArray();
        long times = MoreThan4GiB / large.Length;
        Reading reading = Reading.OfSource(new MemorySource((front, 1), (large, times), (section, 1)));
        Assert.Equal(("descriptor list: tid", front.Length + times * large.Length + 28 + 8), (reading.Error!.Field, reading.Error.Offset));
        Assert.Equal(times, reading.Statistics.Events);
    }
}
