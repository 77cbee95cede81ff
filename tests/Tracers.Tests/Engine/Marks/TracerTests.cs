using System.Globalization;
using Tracers.Engine.Spans;
using Tracers.Marks;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>What an application's marks are to the engine that reads them.</summary>
[Collection(MarksTests.Name)]
public sealed class TracerTests : IDisposable
{
    private readonly RecordingOutput _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Spans_nest_share_the_id_of_the_outermost_and_end_as_they_began()
    {
        using (Tracer.Start("nest"))
        {
            using (Tracer.Start("headers", ("code", 200)))
            {
            }

            using (Tracer.Start("body"))
            {
            }
        }

        using (Tracer.Start("nest"))
        {
        }

        Assert.Equal(
            [
                ">:#1:nest::", ">:#1:nest.headers:code=200:", "<:#1:nest.headers::", ">:#1:nest.body::", "<:#1:nest.body::", "<:#1:nest::",
                ">:#2:nest::", "<:#2:nest::",
            ],
            _output.Lines("nest"));
    }

    [Fact]
    public void The_engine_pairs_them_knows_their_parents_and_charges_them()
    {
        using (Tracer.Start("pair", ("a,b", "c=d:e\\f"), ("g", "<\n>")))
        {
            _output.WriteFile(1);
            using (Tracer.Start("x.y"))
            {
                using MarkedSpan inner = Tracer.Start("z");
                _output.WriteFile(10);
                inner.End(("bytes", 10L), ("ok", true));
            }

            _output.WriteFile(100);
        }

        Reading reading = _output.Read();
        SpanRecord[] spans = [.. reading.Spans.Where(s => s.Tags.Text.StartsWith("pair", StringComparison.Ordinal))];
        Assert.Equal(["pair.x.y.z", "pair.x.y", "pair"], spans.Select(s => s.Tags.Text));
        Assert.All(spans, s => Assert.Equal(SpanState.Finished, s.State));
        Assert.Single(spans.Select(s => s.Id).Distinct());
        Assert.Equal([ParentEvidence.Tags, ParentEvidence.Thread, ParentEvidence.None], spans.Select(s => s.ParentEvidence));
        Assert.Equal(
            [new("a,b", "c=d:e\\f"), new("g", "<\n>")], MarkerText.SplitArguments(spans[2].Arguments));
        Assert.Equal([new("bytes", "10"), new("ok", "true")], MarkerText.SplitArguments(spans[0].EndArguments));
        Assert.Equal([(1L, "pair"), (10L, "pair.x.y.z"), (100L, "pair")], reading.Io.Where(io => io.FdName == "/tmp/file").Select(io => (io.Result, io.SpanTags!)));
    }

    public static TheoryData<string> OddTags => ["odd:a", "odd=b", "odd\\", "odd,c", "odd<>", "odd\nline", "oddé€😀", "odd.", "odd..x", "odd d"];

    [Theory]
    [MemberData(nameof(OddTags))]
    public void Any_text_is_a_tag_and_is_read_back_as_it_is(string tag)
    {
        using (Tracer.Start(tag))
        {
        }

        SpanRecord span = Assert.Single(_output.Read().Spans, s => s.Tags.Text.StartsWith("odd", StringComparison.Ordinal));
        Assert.Equal(SpanState.Finished, span.State);
        Assert.Equal(tag, string.Join('.', MarkerText.SplitTags(TagBytes(tag))));
    }

    [Theory]
    [InlineData("0zero", ">:#1:\\0zero::")]
    [InlineData("nul\0inside", ">:#1:nulinside::")]
    public void What_a_marker_cannot_hold_is_written_so_that_it_can(string tag, string marker)
    {
        using (Tracer.Start(tag))
        {
        }

        Assert.Equal(marker, _output.Lines(marker[5..8])[0]);
    }

    [Fact]
    public void Half_a_character_is_written_as_the_character_for_that()
    {
        using (Tracer.Start("half\uD83Da\uDE00"))
        {
        }

        Assert.Equal(">:#1:half\uFFFDa\uFFFD::", _output.Lines("half")[0]);
    }

    [Fact]
    public void Values_are_in_the_invariant_culture_and_null_is_empty()
    {
        CultureInfo commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = commas;
        using (Tracer.Start("vals", ("d", 1.5), ("m", 2.25m), ("s", (string?)null)))
        {
        }

        using (Tracer.Start("vals", ("long", long.MinValue), ("ulong", ulong.MaxValue), ("byte", (byte)7)))
        {
        }

        using (Tracer.Start("vals", ("day", DayOfWeek.Monday), ("maybe", (int?)null), ("time", TimeSpan.FromSeconds(90))))
        {
        }

        Assert.Equal(
            [
                ">:#1:vals:d=1.5,m=2.25,s=:", ">:#2:vals:long=-9223372036854775808,ulong=18446744073709551615,byte=7:",
                ">:#3:vals:day=Monday,maybe=,time=00\\:01\\:30:",
            ],
            _output.Lines("vals").Where(l => l[0] == '>'));
    }

    [Fact]
    public void A_value_that_throws_or_marks_itself_harms_nothing()
    {
        using (Tracer.Start("foreign", ("a", new Unwilling()), ("b", new Marking()), ("c", 1)))
        {
        }

        Assert.Equal([">:#1:foreign:a=,b=text,c=1:", "<:#1:foreign::"], _output.Lines("foreign"));
        Assert.Equal(2, _output.Lines("marking").Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\0")]
    public void Without_a_tag_there_is_no_mark_and_what_is_inside_belongs_to_the_span_around_it(string? tag)
    {
        using (Tracer.Start("around"))
        {
            using MarkedSpan none = Tracer.Start(tag!);
            Assert.False(none.IsOpen);
            using (Tracer.Start("in"))
            {
            }
        }

        Assert.Equal([">:#1:around::", ">:#1:around.in::", "<:#1:around.in::", "<:#1:around::"], _output.Lines("around"));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_left_out_and_tags_that_do_not_fit_are_no_mark()
    {
        using (Tracer.Start("long", ("a", new string('x', 4096))))
        {
            using MarkedSpan none = Tracer.Start(new string('y', 4090));
            Assert.False(none.IsOpen);
        }

        Assert.Equal([">:#1:long::", "<:#1:long::"], _output.Lines("long"));
    }

    [Fact]
    public void A_marker_of_exactly_4096_bytes_is_whole()
    {
        int head = 0;
        using (Tracer.Start("fits"))
            head = _output.Written().Last(w => w.Bytes.AsSpan().IndexOf("fits"u8) > 0).Bytes.Length - "::".Length;

        int room = 4096 - head - ":a=:".Length;
        using (Tracer.Start("fits", ("a", new string('x', room))))
        {
        }

        using (Tracer.Start("fits", ("a", new string('x', room + 1))))
        {
        }

        Assert.Equal([head + 2, 4096, head + 2], _output.Written().Where(w => w.Bytes.AsSpan().IndexOf("fits"u8) > 0 && w.Bytes[0] == '>').Select(w => w.Bytes.Length));
    }

    [Fact]
    public void Beyond_the_deepest_nesting_there_is_no_mark_and_all_end()
    {
        Stack<MarkedSpan> spans = [];
        for (int i = 0; i < ThreadNest.MaxDepth + 10; i++)
            spans.Push(Tracer.Start("deep"));
        while (spans.TryPop(out MarkedSpan span))
            span.Dispose();

        Assert.Equal(ThreadNest.MaxDepth * 2, _output.Lines("deep").Count);
        Assert.All(_output.Read().Spans.Where(s => s.Tags.Text.StartsWith("deep", StringComparison.Ordinal)), s => Assert.Equal(SpanState.Finished, s.State));
    }

    [Fact]
    public void Disposing_twice_of_a_copy_or_of_nothing_does_nothing()
    {
        MarkedSpan span = Tracer.Start("twice");
        MarkedSpan copy = span;
        span.Dispose();
        span.Dispose();
        copy.Dispose();
        default(MarkedSpan).Dispose();
        using (Tracer.Start("twice"))
            copy.End(("a", 1));

        Assert.Equal([">:#1:twice::", "<:#1:twice::", ">:#2:twice::", "<:#2:twice::"], _output.Lines("twice"));
    }

    [Fact]
    public void A_span_that_ends_takes_those_inside_of_it_along()
    {
        MarkedSpan outer = Tracer.Start("order");
        MarkedSpan inner = Tracer.Start("a");
        MarkedSpan innermost = Tracer.Start("b");
        outer.End(("x", 1));
        innermost.Dispose();
        inner.Dispose();

        Assert.False(inner.IsOpen);
        Assert.Equal([">:#1:order::", ">:#1:order.a::", ">:#1:order.a.b::", "<:#1:order.a.b::", "<:#1:order.a::", "<:#1:order:x=1:"], _output.Lines("order"));
    }

    [Fact]
    public void A_span_may_end_on_another_thread_and_the_first_thread_is_out_of_it()
    {
        MarkedSpan span = Tracer.Start("cross");
        Thread other = new(() =>
        {
            using (Tracer.Start("elsewhere"))
                span.Dispose();
        });
        other.Start();
        other.Join();
        using (Tracer.Start("cross"))
        {
        }

        Assert.Equal([">:#1:cross::", "<:#1:cross::", ">:#2:cross::", "<:#2:cross::"], _output.Lines("cross"));
        Assert.Equal([">:#1:elsewhere::", "<:#1:elsewhere::"], _output.Lines("elsewhere"));
    }

    [Fact]
    public void Threads_nest_on_their_own_and_no_two_spans_have_one_id()
    {
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                using (Tracer.Start("par"))
                using (Tracer.Start("in"))
                {
                }
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        SpanRecord[] spans = [.. _output.Read().Spans.Where(s => s.Tags.Text.StartsWith("par", StringComparison.Ordinal))];
        Assert.Equal(1600, spans.Length);
        Assert.All(spans, s => Assert.Equal(SpanState.Finished, s.State));
        Assert.Equal(800, spans.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public void A_beginning_that_could_not_be_written_has_no_end()
    {
        _output.Fails = true;
        MarkedSpan span = Tracer.Start("lost");
        _output.Fails = false;
        span.Dispose();
        using (Tracer.Start("lost"))
        {
        }

        Assert.Equal([">:#1:lost::", "<:#1:lost::"], _output.Lines("lost"));
    }

    [Fact]
    public void Where_there_is_no_device_nothing_is_done()
    {
        MarkerOutput.Current = new NoOutput();
        using MarkedSpan span = Tracer.Start("nowhere", ("a", 1));
        using IDisposable activities = Tracer.MarkActivities();
        Assert.False(span.IsOpen);
    }

    private static byte[] TagBytes(string tag)
    {
        MarkerBuffer buffer = new();
        buffer.AppendEscaped(tag);
        return buffer.Bytes[..buffer.Length];
    }

    private sealed class Unwilling
    {
        public override string ToString() => throw new InvalidOperationException("No.");
    }

    private sealed class Marking
    {
        public override string ToString()
        {
            using (Tracer.Start("marking"))
                return "text";
        }
    }
}
