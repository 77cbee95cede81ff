using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>csysdig's tables of traces and spans say what the engine's summaries and spans say.</summary>
public sealed class SpanViewTests(LoadCapture load) : IClassFixture<LoadCapture>
{
    private const int Deepest = 2;

    public static TheoryData<string> Vectors =>
    [
        "views", "nest", "inter", "unfin", "orphan", "xthread", "xthread2", "esc", "two", "id64", "demo", "demo-gz", "demo-tags", "demo-lat", "demo-truncated",
        "pool127", "pool128", "thread", "fork", "argname", "relopen", "twosections", "json00", "json01", "json02", "cont", "writev", "flagged",
    ];

    [SkippableFact]
    public void The_summaries_of_the_demo_are_csysdigs_at_every_depth() => AssertSummaries(Repository.PathOf("src/Tracers.Demo/demo.scap"), rows: 9);

    [SkippableFact]
    public void The_summaries_of_a_busy_server_are_csysdigs_at_every_depth() => AssertSummaries(load.Path, rows: 10);

    [SkippableTheory]
    [MemberData(nameof(Vectors))]
    public void The_summaries_of_the_vectors_are_csysdigs_at_every_depth(string name) => AssertSummaries(Repository.Shared($"vectors/{name}.scap"), rows: 0);

    // Drilled down as its user does: into one trace, and from there into its spans.
    [SkippableFact]
    public void A_drill_down_has_the_rows_that_begin_with_the_tag()
    {
        string demo = Repository.PathOf("src/Tracers.Demo/demo.scap");
        string[] all = [.. Summary(demo, 1, "Tag")];
        foreach (string root in (string[])["download_handler", "empty_handler", "fib_handler"])
        {
            IEnumerable<string> below = all.Where(row => row.StartsWith(root + ".", StringComparison.Ordinal)).Select(row => row[(root.Length + 1)..]);
            Assert.Equal(below.Order(StringComparer.Ordinal), CsysdigView.Summary(demo, 1, $"span.tag[0]={root}").Order(StringComparer.Ordinal));
        }
    }

    [SkippableFact]
    public void Without_a_depth_a_row_has_the_same_hits_where_spans_are_nested()
    {
        string demo = Repository.PathOf("src/Tracers.Demo/demo.scap");
        SpanSummary whole = Measure(demo, new SpanSummaryQuery { Keys = [SpanKey.Tag] });
        Assert.Equal(CsysdigView.Summary(demo, 0).Order(StringComparer.Ordinal), Text(whole.Rows.Where(r => !((string)r.Keys[0]!).Contains('.', StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void The_lists_are_csysdigs_for_the_demo() => AssertLists(Repository.PathOf("src/Tracers.Demo/demo.scap"));

    [SkippableTheory]
    [MemberData(nameof(Vectors))]
    public void The_lists_are_csysdigs_for_the_vectors(string name) => AssertLists(Repository.Shared($"vectors/{name}.scap"));

    [SkippableFact]
    public void The_lists_are_csysdigs_for_a_busy_server() => AssertLists(load.Path);

    // The times of nested spans on one thread add up: what is inside of the outermost is some span's own.
    [SkippableFact]
    public void Self_times_add_up_to_the_time_of_the_outermost_spans()
    {
        foreach (string path in (string[])[Repository.PathOf("src/Tracers.Demo/demo.scap"), load.Path])
        {
            SpanSummary byDepth = Measure(path, new SpanSummaryQuery { Keys = [SpanKey.Parse("Depth")], Spans = new SpanQuery { States = new HashSet<SpanState> { SpanState.Finished } } });
            List<SpanRecord> spans = Read(path);

            // A child whose parent never ended has no time of its parent's to be part of.
            HashSet<long> ended = [.. spans.Where(s => s.State == SpanState.Finished).Select(s => s.Sequence)];
            long outermost = spans.Where(s => s.State == SpanState.Finished && !ended.Contains(s.ParentSequence)).Sum(s => s.Duration);
            Assert.True(outermost > 1_000_000);
            Assert.Equal(outermost, byDepth.Rows.Sum(r => r.Totals.SelfTime));
        }
    }

    private static void AssertSummaries(string path, int rows)
    {
        int found = 0;
        for (int depth = 0; depth <= Deepest; depth++)
        {
            string[] csysdig = [.. CsysdigView.Summary(path, depth).Order(StringComparer.Ordinal)];
            Assert.Equal(csysdig, Summary(path, depth, $"Tag[{depth}]").Order(StringComparer.Ordinal));
            found += csysdig.Length;
        }

        Assert.True(found >= rows, $"{found} rows");
    }

    // csysdig lists the finished spans of one tag; its TIME is that of the end.
    private static void AssertLists(string path)
    {
        IEnumerable<string> engine = Read(path)
            .Where(s => s.State == SpanState.Finished && s.Tags.Tags.Length == 1)
            .Select(s => $"{s.Id} {TimeOfDay(s.End)} {CsysdigView.Time(s.Duration)} {s.Tags.Text} {Arguments(s)}");
        Assert.Equal(CsysdigView.Traces(path).Order(StringComparer.Ordinal), engine.Order(StringComparer.Ordinal));
    }

    private static string TimeOfDay(long nanoseconds) =>
        DateTime.UnixEpoch.AddTicks(nanoseconds / 100).ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + (nanoseconds % 100).ToString("D2", CultureInfo.InvariantCulture);

    private static string Arguments(SpanRecord span) => string.Join(',', MarkerText.SplitArguments(span.Arguments).Select(a => $"{a.Key}={a.Value}"));

    private static IEnumerable<string> Summary(string path, int depth, string key) =>
        Text(Measure(path, new SpanSummaryQuery { Keys = [SpanKey.Parse(key)], Depth = depth }).Rows);

    private static IEnumerable<string> Text(IEnumerable<SpanRow> rows) => rows.Select(r =>
    {
        DurationHistogram times = r.Totals.Durations;
        long average = times.Count == 0 ? 0 : times.Total / times.Count;
        long least = times.Count == 0 ? 0 : times.Minimum;
        return $"{r.Keys[0]} {r.Totals.Ended} {CsysdigView.Time(average)} {CsysdigView.Time(least)} {CsysdigView.Time(times.Maximum)} {r.Totals.ChildHits}";
    });

    private static SpanSummary Measure(string path, SpanSummaryQuery query)
    {
        SpanSummary summary = new(query);
        Ask(path, file => file.MeasureSpans(summary));
        return summary;
    }

    private static List<SpanRecord> Read(string path)
    {
        List<SpanRecord> spans = [];
        Ask(path, file => file.ReadSpans(new SpanQuery(), spans.Add));
        return spans;
    }

    private static void Ask(string path, Action<CaptureFile> question)
    {
        using CaptureFile file = new(path, keepArguments: true, CancellationToken.None);
        try
        {
            question(file);
        }
        catch (ScapFormatException)
        {
            // sysdig, too, gives its table for what is whole.
        }
    }
}
