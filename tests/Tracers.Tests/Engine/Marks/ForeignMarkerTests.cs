using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>Markers as the wrappers of sysdig's time write them.</summary>
public class ForeignMarkerTests
{
    // sysdig_tracers for Python writes "%s:t:%s:%s:" with the tag escaped, the tags of a nested span behind a dot, and the arguments as they are.
    [Fact]
    public void The_markers_of_sysdig_tracers_are_read()
    {
        const string Default = @"app/server\.py\:12(do_GET)";
        CaptureBuilder capture = CaptureBuilder.Typical();
        foreach ((string direction, string tag, string arguments) in ((string, string, string)[])
        [
            (">", Default, ""), (">", Default + ".headers", "path=/index.html,code=200"), ("<", Default + ".headers", "n=1"), (">", "plain", ""), ("<", "plain", ""), ("<", Default, ""),
        ])
        {
            capture.Write(CaptureBuilder.Tid, 3, $"{direction}:t:{tag}:{arguments}:");
        }

        SpanRecord[] spans = [.. Reading.Of(capture).Spans];
        Assert.Equal(["app/server.py:12(do_GET).headers", "plain", "app/server.py:12(do_GET)"], spans.Select(s => s.Tags.Text));
        Assert.All(spans, s => Assert.Equal((CaptureBuilder.Tid, SpanState.Finished), (s.Id, s.State)));
        Assert.Equal([ParentEvidence.Tags, ParentEvidence.Thread, ParentEvidence.None], spans.Select(s => s.ParentEvidence));
        Assert.Equal([new("path", "/index.html"), new("code", "200")], MarkerText.SplitArguments(spans[0].Arguments));
        Assert.Equal([new("n", "1")], MarkerText.SplitArguments(spans[0].EndArguments));
    }

    // The C++ emitter of Falco's libraries has no arguments at all; a shell writes with a new line behind.
    [Theory]
    [InlineData(">:t:scan::", "<:t:scan::")]
    [InlineData(">::scan::\n", "<::scan::\n")]
    [InlineData(">:pp:scan::\n", "<:pp:scan::\n")]
    public void Those_of_other_writers_too(string begin, string end)
    {
        SpanRecord span = Assert.Single(Reading.Of(CaptureBuilder.Typical().Write(CaptureBuilder.Tid, 3, begin).Write(CaptureBuilder.Tid, 3, end)).Spans);
        Assert.Equal(("scan", SpanState.Finished), (span.Tags.Text, span.State));
    }
}
