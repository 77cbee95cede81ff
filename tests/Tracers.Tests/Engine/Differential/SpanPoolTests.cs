using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Captures with more than 128 open spans, of which sysdig loses all: here every one is paired.</summary>
public class SpanPoolTests
{
    [SkippableFact]
    public void A_busy_server_with_256_threads_has_all_its_spans()
    {
        using TempFile capture = new();
        LoadCapture.Make(capture.Path, "64", "1", "32");

        // The markers as sysdig lists them, paired here without any of the engine's code; sysdig's own pairing would say much less.
        Dictionary<string, Stack<long>> open = [];
        List<string> expected = [];
        int orphans = 0;
        string markers = Sysdig.Read(capture.Path, "-p", "%evt.dir %evt.rawtime %span.id %span.tags", "evt.type=tracer");
        foreach (string line in markers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', 3);
            long time = long.Parse(words[1], CultureInfo.InvariantCulture);
            if (!open.TryGetValue(words[2], out Stack<long>? starts))
                open[words[2]] = starts = [];
            if (words[0] == ">")
                starts.Push(time);
            else if (starts.TryPop(out long start))
                expected.Add($"{words[2]} {start} {time}");
            else
                orphans++;
        }

        List<string> found = [];
        Dictionary<SpanState, int> states = [];
        using CaptureFile file = new(capture.Path, keepArguments: true, CancellationToken.None);
        file.ReadSpans(new SpanQuery(), span =>
        {
            states[span.State] = states.GetValueOrDefault(span.State) + 1;
            if (span.State == SpanState.Finished)
                found.Add($"{span.Id} {span.Tags.Text} {span.Start} {span.End}");
        });

        Assert.True(expected.Count > 10_000, $"{expected.Count} spans");
        Assert.Equal(expected, found);
        Assert.Equal(orphans, states.GetValueOrDefault(SpanState.Orphan));
        Assert.Equal(open.Values.Sum(starts => starts.Count), states.GetValueOrDefault(SpanState.Unfinished));
        int sysdigs = Sysdig.Read(capture.Path, "-p", "%span.duration", "span.duration exists").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.True(sysdigs < expected.Count / 2, $"The capture does not overflow sysdig's pool: {sysdigs} of {expected.Count}.");
    }

    [SkippableTheory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(130)]
    public void The_129th_open_span_is_one_like_any_other(int count)
    {
        int finished = 0;
        using CaptureFile file = new(Repository.Shared($"vectors/pool{count}.scap"), keepArguments: false, CancellationToken.None);
        file.ReadSpans(new SpanQuery { States = new HashSet<SpanState> { SpanState.Finished } }, _ => finished++);
        Assert.Equal(count, finished);
    }
}
