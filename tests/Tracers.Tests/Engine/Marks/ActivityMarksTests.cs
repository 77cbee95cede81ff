using System.Diagnostics;
using Tracers.Engine.Spans;
using Tracers.Marks;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>Activities of code that awaits, read back by the engine.</summary>
[Collection(MarksTests.Name)]
public sealed class ActivityMarksTests : IDisposable
{
    private static readonly ActivitySource s_source = new("Tracers.Tests");

    private readonly RecordingOutput _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void An_activity_is_a_span_inside_of_the_activity_around_it()
    {
        using (Marks())
        {
            using (s_source.StartActivity("act.request"))
            {
                _output.WriteFile(1);
                using (Activity? query = s_source.StartActivity("query"))
                {
                    _output.WriteFile(10);
                    query!.SetStatus(ActivityStatusCode.Error);
                }

                _output.WriteFile(100);
            }
        }

        Reading reading = _output.Read();
        SpanRecord[] spans = Spans(reading, "act");
        Assert.Equal(["act.request.query", "act.request"], spans.Select(s => s.Tags.Text));
        Assert.Equal(["act.request", "query"], MarkerText.SplitTags(@"act\.request.query"u8));
        Assert.NotEqual(spans[0].Id, spans[1].Id);
        Assert.Equal((ParentEvidence.Argument, spans[1].Id), (spans[0].ParentEvidence, spans[0].ParentId));
        Assert.Equal("trace", MarkerText.SplitArguments(spans[1].Arguments).Single().Key);
        Assert.Equal([new("status", "error")], MarkerText.SplitArguments(spans[0].EndArguments));
        Assert.Equal([(1L, "act.request"), (10L, "act.request.query"), (100L, "act.request")], Io(reading));

        // All on one thread: not a single switch was needed, nor is there one after the end.
        int here = 1000 + Environment.CurrentManagedThreadId;
        Assert.DoesNotContain(_output.Written(), w => w.Fd == RecordingOutput.Switches && w.Thread == here);
    }

    [Fact]
    public async Task Two_requests_that_share_threads_are_charged_each_for_its_own_work()
    {
        using (Marks())
            await Task.WhenAll(Request("req.a", 1), Request("req.b", 50), Request("req.c", 2500));

        Reading reading = _output.Read();
        Assert.All(Spans(reading, "req"), s => Assert.Equal(SpanState.Finished, s.State));
        Assert.Equal(
            [("req.a", 40), ("req.a.step", 10), ("req.b", 2000), ("req.b.step", 500), ("req.c", 100_000), ("req.c.step", 25_000)],
            Io(reading).GroupBy(io => io.Tag).Select(g => (g.Key, g.Sum(io => io.Bytes))).Order());
    }

    [Fact]
    public async Task Work_that_a_thread_does_for_nobody_is_charged_to_nobody()
    {
        using (Marks())
        {
            using (s_source.StartActivity("lone"))
            {
                Task background;
                using (ExecutionContext.SuppressFlow())
                    background = Task.Run(() => _output.WriteFile(7));
                await background;
                await Task.Run(() => _output.WriteFile(3));
            }
        }

        Assert.Equal([(3L, "lone"), (7L, null)], Io(_output.Read()).Order());
    }

    [Fact]
    public void An_activity_set_by_hand_is_followed()
    {
        using (Marks())
        {
            Activity first = s_source.StartActivity("hand.first")!;
            Activity.Current = null;
            Activity second = s_source.StartActivity("hand.second")!;
            Activity.Current = first;
            _output.WriteFile(1);
            Activity.Current = second;
            _output.WriteFile(2);
            Activity.Current = null;
            _output.WriteFile(4);
            first.Dispose();
            second.Dispose();
        }

        Assert.Equal([(1L, "hand.first"), (2L, "hand.second"), (4L, null)], Io(_output.Read()));
    }

    [Fact]
    public void When_the_activity_around_one_ends_first_the_work_is_nobodys_in_the_end()
    {
        using (Marks())
        {
            Activity outer = s_source.StartActivity("early")!;
            Activity inner = s_source.StartActivity("late")!;
            outer.Stop();
            Activity.Current = inner;
            _output.WriteFile(1);
            inner.Stop();
            _output.WriteFile(2);
        }

        Assert.Equal([(1L, "early.late"), (2L, null)], Io(_output.Read()));
    }

    [Fact]
    public void Spans_of_the_thread_are_inside_of_the_activity()
    {
        using (Marks())
        {
            using (s_source.StartActivity("holder"))
            using (Tracer.Start("held"))
                _output.WriteFile(1);
        }

        Reading reading = _output.Read();
        Assert.Equal((ParentEvidence.Thread, Spans(reading, "holder")[0].Id), (Spans(reading, "held")[0].ParentEvidence, Spans(reading, "held")[0].ParentId));
        Assert.Equal([(1L, "held")], Io(reading));
    }

    [Fact]
    public void Activities_that_have_begun_are_marked_to_their_end_and_later_ones_not_at_all()
    {
        IDisposable marks = Marks();
        Activity begun = s_source.StartActivity("off.begun")!;
        marks.Dispose();
        marks.Dispose();
        Assert.Null(s_source.StartActivity("off.later"));
        begun.Dispose();
        using (Marks())
        using (s_source.StartActivity("off.again"))
        {
        }

        Assert.Equal(["<off\\.again", "<off\\.begun", ">off\\.again", ">off\\.begun"], _output.Lines("off").Select(l => $"{l[0]}{l.Split(':')[2]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_second_call_while_the_first_is_on_does_nothing()
    {
        using (Marks())
        {
            using (Marks())
            {
            }

            using (s_source.StartActivity("once"))
            {
            }
        }

        Assert.Equal(2, _output.Lines("once").Count);
    }

    [Fact]
    public void The_application_chooses_the_tag_and_one_that_throws_harms_nothing()
    {
        using (Tracer.MarkActivities(activity => activity.Source != s_source ? null : activity.OperationName switch
        {
            "named" => "chosen",
            "left out" => null,
            _ => throw new InvalidOperationException("No."),
        }))
        {
            using (s_source.StartActivity("named"))
            using (s_source.StartActivity("left out"))
            using (s_source.StartActivity("thrown"))
            using (s_source.StartActivity("named"))
            {
            }
        }

        Assert.Equal(["chosen.chosen", "chosen"], Spans(_output.Read(), "chosen").Select(s => s.Tags.Text));
    }

    // Only those of these tests: others of the process may have activities too.
    private static IDisposable Marks() => Tracer.MarkActivities(activity => activity.Source == s_source ? activity.OperationName : null);

    private async Task Request(string name, int unit)
    {
        using Activity? request = s_source.StartActivity(name);
        for (int i = 0; i < 10; i++)
        {
            _output.WriteFile(unit);
            await Task.Delay(1);
            _output.WriteFile(unit);
            await Task.Yield();
            await Step(unit);
            _output.WriteFile(unit);
            await Task.Run(() => _output.WriteFile(unit));
        }
    }

    private async Task Step(int unit)
    {
        using Activity? step = s_source.StartActivity("step");
        await Task.Yield();
        _output.WriteFile(unit);
    }

    private static SpanRecord[] Spans(Reading reading, string tag) => [.. reading.Spans.Where(s => s.Tags.Text.StartsWith(tag, StringComparison.Ordinal))];

    private static IEnumerable<(long Bytes, string? Tag)> Io(Reading reading) =>
        reading.Io.Where(io => io.FdName == "/tmp/file").Select(io => (io.Result, io.SpanTags));
}
