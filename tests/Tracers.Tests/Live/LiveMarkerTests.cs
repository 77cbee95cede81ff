using System.Text;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>Markers that a program writes while it is recorded: which become spans, and what is read and written in them.</summary>
[Collection(LiveCollection.Name)]
public sealed class LiveMarkerTests(WorkloadProgram program) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_descriptor_that_was_opened_before_carries_markers_also_when_copied_or_inherited()
    {
        using WorkloadProcess run = new(program.PathOf(compat: false), _folder.FullName, "early");
        run.Meet();
        using LiveRecording recording = LiveRecording.Of(() =>
        {
            run.GoOn();
            run.End();
        });

        // What began before has only its end; the child's span is ended by the shell that it becomes, on a descriptor of that.
        Assert.Equal(
            ["900 begun.before Orphan", "901 early Finished", "902 inherited Finished"],
            recording.Spans(s => s.Id is >= 900 and <= 902).OrderBy(s => s.Id).Select(s => $"{s.Id} {s.Tags.Text} {s.State}"));
        Dictionary<string, long> bytes = recording.BytesByTag();
        Assert.Equal((20, 30), (bytes["early"], bytes["inherited"] - InheritedByTheShell(recording)));
    }

    [SkippableFact]
    public void Markers_may_be_long_in_pieces_or_written_by_pwrite_and_writev()
    {
        using LiveRecording recording = Run("marks", out int pid);
        List<SpanRecord> spans = recording.Spans(s => s.Id is >= 910 and <= 913);
        Assert.All(spans, s => Assert.Equal((SpanState.Finished, pid), (s.State, s.Opener.Pid)));
        Assert.Equal([910, 911, 912, 913], spans.Select(s => s.Id).Order());

        SpanRecord longest = spans.Single(s => s.Id == 910);
        int argument = 4000 - ">:910::argument=:".Length - longest.Tags.Text.Length;
        Assert.InRange(longest.Tags.Text.Length, 1990, 2010);
        Assert.Equal("argument=" + new string('v', argument), Encoding.ASCII.GetString(longest.Arguments));
        Assert.Equal(longest.Arguments, longest.EndArguments);

        SpanRecord parts = spans.Single(s => s.Id == 911);
        Assert.Equal(("two.parts", "which=second"), (parts.Tags.Text, Encoding.ASCII.GetString(parts.Arguments)));
        Assert.Equal("by.pwrite", spans.Single(s => s.Id == 912).Tags.Text);
        Assert.Equal("by.writev", spans.Single(s => s.Id == 913).Tags.Text);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Four_threads_have_their_spans_and_what_each_reads_in_them(bool compat)
    {
        using LiveRecording recording = Run("marks", out int pid, compat);
        List<SpanRecord> spans = recording.Spans(s => s.Opener.Pid == pid && s.Tags.Text.StartsWith("worker.", StringComparison.Ordinal));
        Assert.Equal(4 * 50, spans.Count);
        Assert.All(spans, s => Assert.Equal(SpanState.Finished, s.State));
        Assert.All(spans, s => Assert.Equal($"worker.number{s.Id / 1000}", s.Tags.Text));
        Assert.Equal(4, spans.Select(s => s.Opener.Tid).Distinct().Count());
        Dictionary<string, long> bytes = recording.BytesByTag();
        Assert.Equal([50, 100, 150, 200], Enumerable.Range(1, 4).Select(i => bytes[$"worker.number{i}"]));
    }

    [SkippableFact]
    public void Only_markers_that_sysdig_knows_on_a_known_dev_null_have_the_flag()
    {
        using LiveRecording recording = Run("flags", out int pid);
        Assert.Equal(
            [
                ">:920:flagged::", "<:920:flagged::", """[">", 921, ["flagged"], []]""", """["<", 921, ["flagged"], []]""", ">:924:is.null::", "<:924:is.null::",
            ],
            recording.Of(pid).Where(e => e.Layout.Flags != 0).Select(Data));
        Assert.All(recording.Events.Where(e => e.Layout.Flags != 0), e => Assert.Equal((uint)EventBlockOptions.Marker, e.Layout.Flags));

        // All the others are there, without it.
        string[] written = [.. recording.Of(pid).Where(e => e.IsExit && LiveRecording.NameOf(e) is "write" or "pwrite").Select(Data)];
        Assert.Superset(new HashSet<string> { "=:920:::", "plain", ">:922:zero::", ">:922:file::", "<:922:file::", ">:922:unknown::", "[1]", ">:923:was.null::" }, new HashSet<string>(written));
        Assert.Equal([920, 921, 924], recording.Spans(s => s.Opener.Pid == pid).Select(s => s.Id).Order());
    }

    [SkippableFact]
    public void A_span_has_what_lies_in_it_and_in_no_span_inside_of_it()
    {
        using LiveRecording recording = Run("spans", out int pid);
        Dictionary<string, long> bytes = recording.BytesByTag();
        Assert.Equal(20 * (500 + 40), bytes["request"]);
        Assert.Equal(20 * (300 + 300 + 70 + 70), bytes["request.send"]);
        Assert.Equal(40, recording.Spans(s => s.Opener.Pid == pid && s.State == SpanState.Finished).Count);
    }

    // The dynamic loader reads the head of the C library inside of the span, in the thread that it belongs to.
    private static long InheritedByTheShell(LiveRecording recording) => recording.Events
        .Where(e => e.IsIo && e.Span is { } span && span.Tags.Text == "inherited" && e.FdName != "/etc/passwd").Sum(e => e.MovedBytes ?? 0);

    private static string Data(EventRecord e) => Encoding.ASCII.GetString(e.View.Parameter(1));

    private LiveRecording Run(string workload, out int pid, bool compat = false)
    {
        string path = program.PathOf(compat);
        int started = 0;
        LiveRecording recording = LiveRecording.Of(() => started = WorkloadProcess.Run(path, _folder.FullName, workload));
        pid = started;
        return recording;
    }
}
