using System.Globalization;
using Tracers.Engine.Export.Spans;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Export.Spans;

/// <summary>Stacks as flamegraph.pl reads them: everything before the last blank, taken apart at semicolons.</summary>
public sealed class CollapsedSpansTests
{
    [Fact]
    public void A_line_has_a_stack_and_its_own_weight()
    {
        string[] lines = ExportedSpans.Write(static o => new CollapsedSpans(o, StackWeight.SelfTime), choose: static s => s.Opener.Tid == 100).Split('\n');
        Assert.Equal(
            [
                "req 3999", "req;req.read 3000", "x 1000", "x;y 4000", "x;y;y.in 1000", "cross 2000", "cross;cross.a 1000", "(no%20tags) 1000", "open;open.in 100", "",
            ],
            lines);
    }

    [Fact]
    public void The_sum_is_the_self_time_of_all_finished_spans()
    {
        List<SpanRecord> spans = ExportedSpans.Story().Spans();
        Assert.Equal(spans.Where(s => s.State == SpanState.Finished).Sum(s => s.SelfTime), Read(StackWeight.SelfTime).Sum(l => l.Weight));
        Assert.Equal(spans.Sum(s => s.Work?.Own.Bytes ?? 0), Read(StackWeight.Bytes).Sum(l => l.Weight));
    }

    [Fact]
    public void What_is_not_summed_is_counted()
    {
        CollapsedSpans time = new(new MemoryStream(), StackWeight.SelfTime);
        CollapsedSpans bytes = new(new MemoryStream(), StackWeight.Bytes);
        foreach (SpanRecord span in ExportedSpans.Story().Spans())
        {
            time.Add(span, "p");
            bytes.Add(span, "p");
        }

        time.Complete();
        bytes.Complete();
        Assert.Equal((2, 1), (time.LeftOut, bytes.LeftOut));
    }

    [Fact]
    public void Hostile_text_comes_back_as_it_was()
    {
        string[] names = [.. Read(StackWeight.SelfTime).Select(l => l.Stack[^1])];
        Assert.Empty(ExportedSpans.Hostile.Except(names));
    }

    [Fact]
    public void No_line_has_more_than_the_one_blank_nor_a_character_that_ends_it()
    {
        string text = ExportedSpans.Write(static o => new CollapsedSpans(o, StackWeight.SelfTime));
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.All(lines, l => Assert.Equal(1, l.Count(char.IsWhiteSpace)));
        Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format);
    }

    private static (string[] Stack, long Weight)[] Read(StackWeight weight) =>
    [
        .. ExportedSpans.Write(o => new CollapsedSpans(o, weight)).TrimEnd('\n').Split('\n').Select(line =>
        {
            int blank = line.LastIndexOf(' ');
            return (line[..blank].Split(';').Select(Uri.UnescapeDataString).ToArray(), long.Parse(line[(blank + 1)..], CultureInfo.InvariantCulture));
        }),
    ];
}
