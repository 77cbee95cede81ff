using System.Text.RegularExpressions;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Pictures;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine.Analysis.Traces;
using Tracers.Tests.Engine.Export.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Pictures;

public sealed class WaterfallTests
{
    private const long Ms = 1_000_000;

    // A request with two queries beside each other, of which one outlives it, and a part that never ends.
    private static TraceStory Request() => new TraceStory()
        .At(0, ">:1:req:path=/a,who=me:").At(10 * Ms, ">:1:req.read::").Read(20 * Ms, 4096).Read(25 * Ms, -5).At(40 * Ms, "<:1:req.read:n=4096:")
        .At(45 * Ms, ">:2:db:parent=1:", 101).At(50 * Ms, ">:3:db:parent=1:", 102).Read(60 * Ms, 100_000, 102).At(70 * Ms, "<:2:db::", 101).At(90 * Ms, "<:3:db::", 102)
        .At(92 * Ms, ">:1:req.send::").At(100 * Ms, "<:1:req:status=200:").At(120 * Ms, "<:9:x::");

    [Fact]
    public void A_picture_of_80_columns() => AssertPicture(
        Request(), 80,
        """
        caption
        req  100ms  id 1  web 100  2016-11-24 15:06:40.000000000
        Span                     |0s      |50ms         Duration     Self      I/O   Err
        req                      ##=====##=========        100ms     17ms   102 KB     1
         read                      #####                    30ms     30ms  4.00 KB     1
         db                              =====              25ms     25ms      0 B     0
         db                               ########          40ms     40ms  97.7 KB     0
         send                                     #===>    >28ms     28ms      0 B     0
        # longest path   = other time of a span   > still open at the end of the capture
        """);

    [Fact]
    public void A_picture_of_200_columns() => AssertPicture(
        Request(), 200,
        """
        caption
        req  100ms  id 1  web 100  2016-11-24 15:06:40.000000000
        Span                                                         |0s             |20ms           |40ms            |60ms           |80ms           |100ms           Duration     Self  On path      I/O   Err
        req path=/a who=me status=200                                ########========================########=================================#=======                    100ms     17ms     22ms   102 KB     1
         read n=4096                                                         ########################                                                                      30ms     30ms     30ms  4.00 KB     1
         db parent=1                                                                                     =====================                                             25ms     25ms        -      0 B     0
         db parent=1                                                                                         #################################                             40ms     40ms     40ms  97.7 KB     0
         send                                                                                                                                  #######===============>    >28ms     28ms      8ms      0 B     0
        # longest path   = other time of a span   > still open at the end of the capture
        """);

    [Fact]
    public void Colours_say_nothing_that_the_characters_do_not()
    {
        IReadOnlyList<PictureLine> lines = Draw(Request(), 80);
        string colored = lines[4].ToColoredString();
        Assert.Equal(" read                      \u001b[38;5;208;48;5;208m#####\u001b[0m                    30ms     30ms  4.00 KB     \u001b[38;5;160m1\u001b[0m", colored);
        Assert.All(lines, l => Assert.Equal(l.ToString(), Regex.Replace(l.ToColoredString(), "\u001b\\[[0-9;]*m", "")));
        Assert.All(lines, l => Assert.DoesNotContain('\u001b', l.ToString()));
    }

    [Fact]
    public void The_legend_has_the_colours_of_the_bars() => Assert.Equal(
        "\u001b[38;5;208;48;5;208m#\u001b[0m\u001b[38;5;244m longest path   \u001b[0m\u001b[38;5;67;48;5;67m=\u001b[0m\u001b[38;5;244m other time of a span\u001b[0m   \u001b[38;5;208m>\u001b[0m\u001b[38;5;244m still open at the end of the capture\u001b[0m",
        Draw(Request(), 100)[^1].ToColoredString());

    [Fact]
    public void Of_many_children_with_the_same_tags_the_longest_have_a_line_and_the_others_one()
    {
        TraceStory story = new TraceStory().At(0, ">:1:job::").At(1, ">:1:job.before::").At(2, "<:1:job.before::");
        for (int i = 0; i < 10_000; i++)
            story.At(1000 + (i * 100), ">:2:item::").Read(1010 + (i * 100), 7).At(1050 + (i * 100) + (i == 5000 ? 40 : 0), "<:2:item::");
        story.At(1_002_000, ">:1:job.after::").At(1_002_001, "<:1:job.after::").At(1_003_000, "<:1:job::");
        AssertPicture(
            story, 100,
            """
            caption
            job  1.003ms  id 1  web 100  2016-11-24 15:06:40.000000000
            Span                           |0s               |500us             Duration     Self      I/O   Err
            job                            =##=#=##=#==#=#==#=##=#=##=#==#=#==#  1.003ms    503us  68.4 KB     0
             before                        #                                         1ns      1ns      0 B     0
             item                          #                                        50ns     50ns      7 B     0
             item                          #                                        50ns     50ns      7 B     0
             item                          #                                        50ns     50ns      7 B     0
             item                          #                                        50ns     50ns      7 B     0
             item                                            #                      90ns     90ns      7 B     0
             ...9,995 more item            ####################################  499.8us  499.8us  68.3 KB     0
             after                                                            #      1ns      1ns      0 B     0
            # longest path   = other time of a span
            9,995 of 10,003 spans folded: their lines have their sums.
            """);
        Assert.Equal(10_002, Lines(story, o => o with { Fold = 0, Rows = 0 }).Count(l => l.Contains("item", StringComparison.Ordinal) || l.Contains("job", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_marked_span_has_a_line_before_longer_ones()
    {
        TraceStory story = new TraceStory().At(0, ">:1:job::");
        for (int i = 0; i < 50; i++)
            story.At(1000 + (i * 1000), $">:{i + 100}:item::").At(1100 + (i * 1000), ">:1:item.part::").At(1200 + (i * 1000), "<:1:item.part::").At(1300 + (i == 7 ? 0 : 100) + (i * 1000), $"<:{i + 100}:item::");
        story.At(60_000, "<:1:job::");
        long seventh = story.Spans().Where(s => s.Id == 107).Select(s => s.Sequence).Single();
        string[] lines = [.. Lines(story, o => o with { Fold = 2, IsMarked = s => s.Sequence == seventh + 1 })];
        AssertLines(
            """
            caption
            job  60us  id 1  web 100  2016-11-24 15:06:40.000000000
            Span                     |0s                    Duration     Self      I/O   Err
            job                      ==##=###=##==##=######     60us   40.1us      0 B     0
             item                    #                         400ns    300ns      0 B     0
              part                   #                         100ns    100ns      0 B     0
             item                       #                      300ns    200ns      0 B     0
              *part                     #                      100ns    100ns      0 B     0
             ...48 more item +48 in…  ##################      19.2us   14.4us      0 B     0
            # longest path   = other time of a span   * selected
            96 of 101 spans folded: their lines have their sums.
            """,
            lines);
    }

    [Fact]
    public void No_more_lines_than_asked_for_and_none_is_left_out_silently()
    {
        TraceStory story = new TraceStory().At(0, ">:1:job::");
        for (int i = 0; i < 300; i++)
            story.At(1000 + (i * 1000), $">:1:kind{i}::").At(1100 + (i * 1000), ">:1:part::").At(1200 + (i * 1000), "<:1:part::").At(1300 + i + (i * 1000), $"<:1:kind{i}::");
        story.At(400_000, "<:1:job::");
        AssertLines(
            """
            caption
            job  400us  id 1  web 100  2016-11-24 15:06:40.000000000
            Span                     |0s        |200us      Duration     Self      I/O   Err
            job                      ==####==###===########    400us  265.2us      0 B     0
             kind297                                 #         597ns    497ns      0 B     0
              ...1 more part                         #         100ns    100ns      0 B     0
             kind298                                 #         598ns    498ns      0 B     0
              ...1 more part                         #         100ns    100ns      0 B     0
             kind299                                  #        599ns    499ns      0 B     0
              ...1 more part                          #        100ns    100ns      0 B     0
             ...297 more of 297 kin… #################       133.1us  103.4us      0 B     0
            # longest path   = other time of a span
            597 of 601 spans folded: their lines have their sums.
            """,
            [.. Lines(story, static o => o with { Rows = 4 })]);
    }

    [Fact]
    public void Very_deep_spans_stay_in_their_column()
    {
        TraceStory story = new();
        for (int i = 0; i < 60; i++)
            story.At(1 + i, $">:{i}:a{i}::");
        for (int i = 59; i >= 0; i--)
            story.At(1000 - i, $"<:{i}:a{i}::");
        string[] lines = [.. Lines(story, static o => o)];
        Assert.StartsWith("           a11           ", lines[3 + 11], StringComparison.Ordinal);
        Assert.StartsWith("            13:a13       ", lines[3 + 13], StringComparison.Ordinal);
        Assert.All(lines.Skip(2).SkipLast(1), l => Assert.Equal(80, l.Length));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    [InlineData(40)]
    public void Hostile_text_stays_in_its_column_and_does_nothing(int width)
    {
        IReadOnlyList<PictureLine> lines = Draw(ExportedSpans.Story(), width);
        Assert.DoesNotContain(lines, l => l.ToString().Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format || c is '\u2028' or '\u2029'));
        Assert.All(lines, l => Assert.True(l.Columns <= width, l.ToString()));

        Assert.Contains(lines, l => l.ToString().StartsWith(new string('x', 20), StringComparison.Ordinal) && l.ToString().EndsWith("…  500ns", StringComparison.Ordinal));

        // Every number ends in the column in which its title does.
        Assert.Equal(ExportedSpans.Story().Spans().Count - 1, lines.Count(l => l.Columns == width && char.IsDigit(l.ToString()[^1])));
        Assert.Contains(lines, l => l.ToString().StartsWith("請求書 🚀", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trace_without_its_beginning_says_so()
    {
        List<SpanRecord> spans = [.. Request().Spans().Where(s => s.Tags.Text == "req.read")];
        TraceForest forest = new(spans, 0);
        Assert.Contains("its parent req is not there", Waterfall.Draw("c", forest.Roots[0], Options(120))[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_a_question_mark_and_not_nothing()
    {
        TraceForest forest = new(Request().Spans(new Tracers.Engine.Analysis.SpanQuery()), 0);
        Assert.EndsWith("?     ?", Waterfall.Draw("c", forest.Roots[0], Options(120))[3].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_without_length_can_be_drawn() =>
        Assert.Contains("=", Lines(new TraceStory().At(5, ">:1:a::").At(5, "<:1:a::"), static o => o).ElementAt(3), StringComparison.Ordinal);

    private static void AssertLines(string expected, string[] lines)
    {
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', lines));
    }

    private static IEnumerable<string> Lines(TraceStory story, Func<WaterfallOptions, WaterfallOptions> change) => Draw(story, 80, change).Select(l => l.ToString());

    private static WaterfallOptions Options(int width) =>
        new() { Width = width, Formats = Views.Pictures };

    private static void AssertPicture(TraceStory story, int width, string expected, Func<WaterfallOptions, WaterfallOptions>? change = null)
    {
        AssertLines(expected, [.. Draw(story, width, change).Select(l => l.ToString())]);
    }

    private static IReadOnlyList<PictureLine> Draw(TraceStory story, int width, Func<WaterfallOptions, WaterfallOptions>? change = null)
    {
        WaterfallOptions options = Options(width);
        TraceForest forest = story.Forest();
        return [.. forest.Roots.SelectMany(r => Waterfall.Draw("caption", r, change is null ? options : change(options)))];
    }
}
