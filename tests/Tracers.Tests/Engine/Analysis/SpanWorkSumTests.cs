using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

/// <summary>The parts add up, for every span of whole captures; and all numbers are those of an accounting that takes the rules literally.</summary>
public class SpanWorkSumTests(LoadCapture load) : IClassFixture<LoadCapture>
{
    private const int Captures = 150;
    private const int EventsOfOne = 250;

    private static readonly string[] s_tags = ["a", "a.b", "a.b.c", "x", "x.y"];
    private static readonly int[] s_tids = [100, 200, 300];

    [Fact]
    public void Every_span_of_the_demo_recording_adds_up() => AssertAddsUp(Repository.PathOf("src/Tracers.Demo/demo.scap"), least: 100);

    [SkippableFact]
    public void Every_span_of_a_load_capture_adds_up() => AssertAddsUp(load.Path, least: 1000);

    [Fact]
    public void Random_captures_add_up_and_are_what_the_rules_say()
    {
        int spans = 0, shared = 0;
        for (int seed = 0; seed < Captures; seed++)
        {
            Random random = new(seed);
            List<SpanRecord> records = [];
            PlainWork plain = new();
            using CapturePass pass = new("memory", MemorySource.Of(Generate(random).ToArray()), keepArguments: true, CancellationToken.None);
            PlainWorkSink sink = new(pass, plain, records.Add);
            pass.Run(ref sink);
            foreach (SpanRecord record in records.Where(static r => r.Work is not null))
            {
                PlainSpan expected = plain.Results[record.Sequence];
                AssertSame(expected.Inclusive, record.Work!.Inclusive, seed);
                AssertSame(expected.Own, record.Work.Own, seed);
                if (record.State == SpanState.Finished)
                    Assert.Equal(record.Duration, record.Work.Inclusive.Time);
                spans++;
                shared += record.Work.Inclusive.NetworkTime > 0 && record.Work.Inclusive.WaitTime > 0 ? 1 : 0;
            }
        }

        // Or else the captures hold too little to prove anything.
        Assert.True(spans > 3000 && shared > 500, $"{spans} spans, {shared} of them with two kinds of calls");
    }

    [Fact]
    public void Parts_add_up_and_none_is_negative_where_clocks_contradict_each_other()
    {
        int spans = 0, shortened = 0;
        for (int seed = 0; seed < Captures; seed++)
        {
            foreach (SpanRecord record in WorkStory.Spans(Generate(new Random(seed), backwards: 3).ToArray()).Where(static r => r.State == SpanState.Finished))
            {
                Assert.Equal(record.Duration, Sum(record.Work!.Inclusive));
                Assert.InRange(Sum(record.Work.Own), 0, record.Duration);
                Assert.All(Times(record.Work.Inclusive), static time => Assert.True(time >= 0));
                Assert.All(Times(record.Work.Own), static time => Assert.True(time >= 0));
                spans++;
                shortened += record.Duration == 0 ? 1 : 0;
            }
        }

        Assert.True(spans > 1500 && shortened > 10, $"{spans} spans, {shortened} of them end before they begin");
    }

    private static void AssertAddsUp(string path, int least)
    {
        List<SpanRecord> spans = [];
        using CaptureFile file = new(path, keepArguments: true, CancellationToken.None);
        file.ReadSpans(new SpanQuery { WithWork = true }, spans.Add);
        Assert.True(spans.Count >= least, $"{spans.Count} spans");
        Assert.All(spans.Where(static s => s.State == SpanState.Finished), static s => Assert.Equal(s.Duration, Sum(s.Work!.Inclusive)));
        Assert.All(spans.Where(static s => s.State != SpanState.Orphan), static s => Assert.Equal(s.Work!.Own.Time, Sum(s.Work.Own)));
        Assert.All(spans.Where(static s => s.State == SpanState.Finished), s => Assert.Equal(SelfTime(s, spans), s.Work!.Own.Time));

        IoAccounting byTag = Measure(path, IoKey.SpanTag), all = Measure(path, IoKey.ProcessName);
        Assert.Equal(
            byTag.Rows.Where(static r => r.Keys[0] is not null && r.Totals.Bytes > 0)
                .Select(static r => ((string)r.Keys[0]!, r.Totals.Calls, r.Totals.ReadBytes, r.Totals.WriteBytes, r.Totals.FileBytes, r.Totals.NetworkBytes)).Order(),
            spans.Where(static s => s.Work is not null).GroupBy(static s => s.Tags.Text, static s => s.Work!.Own).Where(static g => g.Sum(w => w.Bytes) > 0)
                .Select(static g => (g.Key, g.Sum(w => w.IoCalls), g.Sum(w => w.ReadBytes), g.Sum(w => w.WriteBytes), g.Sum(w => w.FileBytes), g.Sum(w => w.NetworkBytes))).Order());

        long outside = byTag.Rows.Single(static r => r.Keys[0] is null).Totals.Bytes;
        long total = all.Rows.Sum(static r => r.Totals.Bytes);
        Assert.True(outside > 0 && total > outside);
        Assert.Equal(total, outside + spans.Where(static s => s.Work is not null && s.ParentSequence == 0).Sum(static s => s.Work!.Inclusive.Bytes));
    }

    private static long[] Times(WorkTotals totals) =>
        [totals.FileTime, totals.NetworkTime, totals.PipeTime, totals.WaitTime, totals.OtherTime, totals.RestTime, totals.CpuTime ?? 0, totals.OffCpuTime ?? 0];

    private static long Sum(WorkTotals totals) =>
        totals.FileTime + totals.NetworkTime + totals.PipeTime + totals.WaitTime + totals.OtherTime + totals.RestTime;

    // The duration without the time in which a span below it was open.
    private static long SelfTime(SpanRecord span, List<SpanRecord> spans)
    {
        long self = span.Duration, covered = span.Start;
        foreach (SpanRecord child in spans.Where(s => s.ParentSequence == span.Sequence && span.Sequence > 0).OrderBy(static s => s.Start))
        {
            long from = Math.Max(child.Start, covered), to = Math.Min(child.State == SpanState.Finished ? child.End : long.MaxValue, span.End);
            self -= Math.Max(to - from, 0);
            covered = Math.Max(covered, to);
        }

        return self;
    }

    private static IoAccounting Measure(string path, IoKey key)
    {
        IoAccounting accounting = new(new IoQuery { Keys = [key], IncludeUnattributed = true });
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        file.MeasureIo(accounting);
        return accounting;
    }

    private static void AssertSame(long[] expected, WorkTotals actual, int seed)
    {
        long[] found =
        [
            actual.FileTime, actual.NetworkTime, actual.PipeTime, actual.OtherTime, actual.CpuTime ?? actual.RestTime, actual.OffCpuTime ?? 0, actual.WaitTime,
            actual.Calls, actual.IoCalls, actual.UntimedCalls, actual.Errors, actual.ReadBytes, actual.WriteBytes, actual.FileBytes, actual.NetworkBytes, actual.PipeBytes,
        ];
        if (actual.CpuTime is null)
            expected = [.. expected[..4], expected[4] + expected[5], 0, .. expected[6..]];
        Assert.True(expected.AsSpan().SequenceEqual(found), $"capture {seed}: {string.Join(' ', expected)} expected, {string.Join(' ', found)} found");
    }

    // Where times go backwards too, the rules say nothing but that the parts add up.
    private static CaptureBuilder Generate(Random random, int backwards = 0)
    {
        WorkStory story = new();
        ushort[] calls = new ushort[s_tids.Length];
        bool switches = random.Next(2) == 0;
        long now = 1;
        for (int i = 0; i < EventsOfOne; i++)
        {
            now += random.Next(-backwards, 4 + backwards);
            int thread = random.Next(s_tids.Length), tid = s_tids[thread];
            int choice = random.Next(100);
            if (switches && choice < 15)
                story.Event(now, tid, 152, (long)s_tids[random.Next(s_tids.Length)], 0UL, 0UL, 0u, 0u, 0u);
            else if (calls[thread] != 0 && choice < 95)
                End(story, now, tid, ref calls[thread], random);
            else if (choice < 55)
                Begin(story, now, tid, ref calls[thread], random);
            else
                Mark(story, now, tid, ref calls[thread], random);
        }

        return story.Capture;
    }

    private static void Begin(WorkStory story, long now, int tid, ref ushort call, Random random)
    {
        call = random.Next(5) switch { 0 => 64, 1 => 158, _ => 6 };
        if (call == 64)
            story.Event(now, tid, call, 1UL, (ushort)0, 0UL);
        else if (call == 158)
            story.Event(now, tid, call, 0UL);
        else
            story.Event(now, tid, call, (long)random.Next(4, 8), 9u);
    }

    private static void End(WorkStory story, long now, int tid, ref ushort call, Random random)
    {
        if (call == 6)
            story.Event(now, tid, 7, (long)random.Next(-2, 50), Array.Empty<byte>());
        else if (call == 64)
            story.Event(now, tid, 65, (long)-random.Next(2));
        else
            story.Event(now, tid, 159, 0UL, 0u, 0u, 0u);
        call = 0;
    }

    // With or without the event that it begins with, and so also out of the middle of another call.
    private static void Mark(WorkStory story, long now, int tid, ref ushort call, Random random)
    {
        int id = random.Next(1, 5);
        string tag = s_tags[random.Next(s_tags.Length)];
        string marker = random.Next(10) switch
        {
            < 4 => $">:{id}:{tag}:{(random.Next(3) == 0 ? $"parent={random.Next(1, 5)}" : "")}:",
            < 8 => $"<:{id}:{tag}::",
            _ => $"=:{random.Next(5)}:::",
        };
        if (random.Next(2) == 0)
            story.BeginMark(now, tid);
        story.EndMark(now, tid, marker);
        call = 0;
    }
}
