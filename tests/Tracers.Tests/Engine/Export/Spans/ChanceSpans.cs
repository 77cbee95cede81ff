using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine.Analysis.Traces;

namespace Tracers.Tests.Engine.Export.Spans;

/// <summary>Spans that three threads begin and end in any order, with any open one as the parent; every one with a tag of its own.</summary>
internal static class ChanceSpans
{
    public static (List<SpanRecord> Spans, long CaptureEnd) Make(Random random)
    {
        TraceStory story = new();
        List<int> open = [];
        int ids = 0;
        long time = 10;
        for (int i = 0; i < 60; i++)
        {
            time += random.Next(0, 3);
            int tid = 100 + random.Next(3);
            if (open.Count == 0 || random.Next(5) < 3)
            {
                string parent = random.Next(3) == 0 && open.Count > 0 ? $"parent={open[random.Next(open.Count)]}" : "";
                story.At(time, $">:{++ids}:s{ids}:{parent}:", tid);
                open.Add(ids);
            }
            else
            {
                int at = random.Next(2) == 0 ? open.Count - 1 : random.Next(open.Count);
                story.At(time, $"<:{open[at]}:s{open[at]}::", tid);
                open.RemoveAt(at);
            }
        }

        return (story.Spans(out long end, new SpanQuery()), end);
    }
}
