using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>Which of the two markers of a span a filter is asked of.</summary>
public sealed class SpanFilterTests
{
    private const int Tid = CaptureBuilder.Tid;

    [Theory]
    [InlineData("evt.num=2", "")]
    [InlineData("evt.num=4", "a")]
    [InlineData("evt.num=6", "b")]
    [InlineData("evt.num exists", "a b")]
    public void It_is_asked_of_the_closing_marker_and_of_the_opening_one_where_there_is_none(string filter, string spans) =>
        Assert.Equal(spans, Spans(filter, Mark(Mark(Mark(CaptureBuilder.Typical(), ">:1:a::"), "<:1:a::"), ">:2:b::").ToArray()));

    // As an export has them that took only the beginning.
    [Theory]
    [InlineData("evt.num=2", "a")]
    [InlineData("evt.num=4", "")]
    [InlineData("evt.num exists", "a b c")]
    public void It_is_asked_of_the_opening_marker_where_no_other_is_shown(string filter, string spans)
    {
        CaptureBuilder capture = Mark(Mark(CaptureBuilder.Typical(), ">:1:a::"), "<:1:a::", isShown: false);
        capture = Mark(Mark(Mark(Mark(capture, ">:2:b::"), "<:2:b::"), ">:3:c::"), "<:3:c::", isShown: false);
        Assert.Equal(spans, Spans(filter, capture.ToArray()));
        Assert.Equal(spans, Spans(filter, capture.Raw(0, 1, 2, 3).ToArray()));
    }

    private static CaptureBuilder Mark(CaptureBuilder capture, string marker, bool isShown = true)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(marker);
        uint stateOnly = isShown ? 0u : 1u;
        return capture.EventBlock(0x217, Tid, 8, stateOnly, false, 3L, (uint)bytes.Length).EventBlock(0x217, Tid, 9, stateOnly | 2, false, (long)bytes.Length, bytes);
    }

    private static string Spans(string filter, byte[] capture)
    {
        List<SpanRecord> spans = [];
        using CaptureFile file = new("memory", MemorySource.Of(capture), keepArguments: false, CancellationToken.None);
        try
        {
            file.ReadSpans(new SpanQuery { Filter = CaptureFilter.Parse(filter) }, spans.Add);
        }
        catch (ScapFormatException)
        {
            // What is whole is handed out.
        }

        return string.Join(' ', spans.Select(static s => s.Tags.Text));
    }
}
