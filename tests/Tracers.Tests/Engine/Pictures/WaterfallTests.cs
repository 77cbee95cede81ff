using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Pictures;
using Tracers.Tests.Engine.Analysis.Traces;
using Xunit;

namespace Tracers.Tests.Engine.Pictures;

public sealed class WaterfallTests
{
    [Fact]
    public void Seconds_are_drawn_like_milliseconds()
    {
        TraceStory story = new TraceStory().At(0, ">:1:a::").At(90_406, ">:1:a.b::").At((2 * TraceStory.Second) - 1, "<:1:a.b::").At(2 * TraceStory.Second, "<:1:a::");
        story = new TraceStory().At(0, ">:1:a::").At(36885, ">:1:a.h::").At(86_159, "<:1:a.h::").At(90_406, ">:1:a.b::").At(1979308177, "<:1:a.b::").At(1979329138, "<:1:a::");
        File.WriteAllLines("/tmp/spans/w.txt", Draw(story, 80));
        File.AppendAllLines("/tmp/spans/w.txt", CriticalPath.Of(story.Forest().Roots[0]).Select(x => x.Node.Span.Tags.Text + " " + (x.Start - 1_480_000_000_000_000_000) + " " + (x.End - 1_480_000_000_000_000_000)));
        TimeScale t = new(0, 2_000_000_000, 22);
        File.AppendAllLines("/tmp/spans/w.txt", new long[] { 0, 90_406, 1_000_000_000, 1_999_999_999, 2_000_000_000}.Select(x => x + " " + t.BorderAt(x)+ " " + t.CellsOf(0, x)));
    }

    private static IReadOnlyList<string> Draw(TraceStory story, int width, Func<WaterfallOptions, WaterfallOptions>? change = null)
    {
        WaterfallOptions options = new() { Width = width, Duration = static ns => Duration.FromNanoseconds(ns).ToString("H", null), Bytes = static b => Views.Bytes(b) };
        TraceForest forest = story.Forest();
        return [.. forest.Roots.SelectMany(r => Waterfall.Draw("caption", r, change is null ? options : change(options))).Select(l => l.ToString())];
    }
}
