using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Pictures;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Pictures;

public sealed class SpectrogramPictureTests
{
    private const long Half = SpectrogramQuery.DefaultInterval;
    private const long Epoch = 1_480_000_000_000_000_000;

    /// <summary>Pictures of tests/data/service.scap; a name of its own for each is the file with what is expected.</summary>
    public static TheoryData<string, SpectrogramMetric, int> Snapshots => new()
    {
        { "duration-80", SpectrogramMetric.Duration, 80 },
        { "duration-200", SpectrogramMetric.Duration, 200 },
        { "bytes-80", SpectrogramMetric.Bytes, 80 },
        { "bytes-200", SpectrogramMetric.Bytes, 200 },
        { "latency-80", SpectrogramMetric.Latency, 80 },
        { "latency-200", SpectrogramMetric.Latency, 200 },
    };

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void A_picture_is_as_it_was_looked_at_and_found_good(string name, SpectrogramMetric metric, int width)
    {
        SpectrogramGrid grid = new(new SpectrogramQuery
        {
            Metric = metric,
            Columns = SpectrogramPainter.ColumnsIn(width, Half),
            Spans = new SpanQuery { WithWork = metric == SpectrogramMetric.Bytes },
        });
        using (CaptureFile file = new(Repository.PathOf("tests/data/service.scap"), keepArguments: false, CancellationToken.None))
            file.ReadSpectrogram(grid);
        IReadOnlyList<PictureLine> picture = SpectrogramPicture.Draw(grid, "service.scap", width, TimeZoneInfo.Utc, Views.Pictures);
        Assert.All(picture, line => Assert.True(line.Columns <= width, line.ToString()));

        string[] expected = File.ReadAllLines(Repository.PathOf($"tests/data/spectrogram/{name}.txt"));
        Assert.Equal(expected, picture.Select(static line => line.ToString().TrimEnd()));
    }

    [Fact]
    public void The_title_has_the_days_of_the_first_and_the_last_row()
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 60 });
        grid.Add(Epoch + 1, 1_000);
        Assert.EndsWith(", 2016-11-24", Draw(grid)[0], StringComparison.Ordinal);
        grid.Add(Epoch + (2 * 86_400_000_000_000), 1_000);
        Assert.EndsWith(", 2016-11-24 to 2016-11-26", Draw(grid)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_days_have_the_day_beside_the_time()
    {
        const long Day = 86_400_000_000_000;
        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 60, Interval = Day });
        grid.Add(Epoch + 1, 1_000);
        grid.Add(Epoch + Day, 1_000);
        string[] lines = [.. Draw(grid)];
        Assert.StartsWith("2016-11-24 00:00:00 ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2016-11-25 00:00:00 ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith(new string(' ', "2016-11-25 00:00:00 ".Length) + "|1ns", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Short_gaps_are_empty_rows_and_long_ones_are_a_line_that_says_how_long()
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 60 });
        foreach (long row in (long[])[0, 3, 14, 26])
            grid.Add(Epoch + (row * Half) + 1, 1_000);
        Assert.Equal(
            [
                "15:06:40.000 #", "15:06:40.500", "15:06:41.000", "15:06:41.500 #",
                .. Enumerable.Range(4, 10).Select(static row => $"15:06:{40 + (row / 2)}.{(row % 2 == 0 ? "000" : "500")}"),
                "15:06:47.000 #", "15:06:47.500 ··· 11 intervals (5.5s) without any span ···", "15:06:53.000 #",
            ],
            Draw(grid).Skip(1).SkipLast(2).Select(static line => line.Replace("                .", "#", StringComparison.Ordinal).TrimEnd()));
    }

    [Fact]
    public void What_is_not_on_the_scale_is_said_in_words()
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 60 });
        grid.Add(Epoch, 0);
        grid.Add(Epoch, 5);
        grid.Add(Epoch, 100_000_000_000);
        grid.Add(Epoch, 200_000_000_000);
        grid.AddUnplaced();
        string[] picture = Draw(grid);
        Assert.StartsWith("here: 4 spans by duration, a row is 500ms, 2016-11-24", picture[0], StringComparison.Ordinal);
        Assert.Equal(
            ["spans in a cell: . 1", "1 span left of the scale: less than 1ns.", "2 spans right of the scale: 100s or more.", "1 span without a place: the beginning or the end is not in the capture."],
            picture[^4..]);
    }

    [Fact]
    public void Nothing_is_said_to_be_nothing()
    {
        string[] picture = Draw(new SpectrogramGrid(new SpectrogramQuery { Columns = 60 }));
        Assert.Equal(["here: 0 spans by duration, a row is 500ms", "There is no span to show."], [picture[0], picture[^1]]);
        Assert.Equal(3, picture.Length);
    }

    [Theory]
    [InlineData(SpectrogramMetric.Duration, 67, "|1ns  |10ns |100ns|1us  |10us |100us|1ms  |10ms |100ms|1s   |10s")]
    [InlineData(SpectrogramMetric.Duration, 44, "|1ns|10ns   |1us|10us   |1ms|10ms   |1s |10s")]
    [InlineData(SpectrogramMetric.Bytes, 80, "|1 B    |16 B   |256 B  |4 KB   |64 KB  |1 MB   |16 MB  |256 MB |4 GB   |64 GB")]
    public void A_label_stands_in_the_column_of_its_value_if_there_is_room(SpectrogramMetric metric, int columns, string axis)
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Metric = metric, Columns = columns });
        Assert.Equal(axis, new SpectrogramPainter(grid, TimeZoneInfo.Utc, Views.Pictures).Axis().ToString()[13..]);
        foreach (long value in grid.Scale.Divisions)
        {
            string label = metric == SpectrogramMetric.Bytes ? Views.Pictures.BytesOfScale(value) : Views.Pictures.Duration(value);
            int at = axis.IndexOf($"|{label}", StringComparison.Ordinal);
            Assert.True(at < 0 || at == grid.Scale.ColumnOf(value), label);
        }
    }

    // What a damaged capture says.
    [Theory]
    [InlineData(1)]
    [InlineData(Half)]
    [InlineData(long.MaxValue)]
    public void Times_from_one_end_of_the_epoch_to_the_other_make_a_short_picture(long interval)
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 60, Interval = interval });
        foreach (long time in (long[])[long.MinValue, long.MinValue + 1, -1, 0, 1, long.MaxValue - 1, long.MaxValue])
        {
            grid.Add(time, 5);
            grid.Add(time, long.MaxValue);
        }

        Assert.InRange(Draw(grid).Length, 4, 40);
        Assert.Equal(14, grid.Rows().Sum(static r => r.Cells.Sum(static c => c.Count)));
    }

    [Theory]
    [InlineData(1_000_000_000, "15:06:40")]
    [InlineData(60_000_000_000, "15:06:00")]
    [InlineData(250_000_000, "15:06:40.000")]
    [InlineData(1_500_000_000, "15:06:39.000")]
    [InlineData(10_000, "15:06:40.000000")]
    [InlineData(7, "15:06:39.999999996")]
    public void A_rows_time_has_as_many_digits_as_its_interval_needs(long interval, string time)
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 40, Interval = interval });
        grid.Add(Epoch + 1, 5);
        Assert.StartsWith(time + " ", Draw(grid)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_name_of_a_file_reaches_the_terminal_as_a_command_or_makes_a_line_too_long()
    {
        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 60 });
        string hostile = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202etxt\r\n" + new string('x', 65_536);
        string title = SpectrogramPicture.Draw(grid, hostile, 73, TimeZoneInfo.Utc, Views.Pictures)[0].ToColoredString();
        Assert.Equal(73, title.Length);
        Assert.DoesNotContain(title, static c => char.IsControl(c) || c == '\u202e');
        Assert.EndsWith("…: 0 spans by duration, a row is 500ms", title, StringComparison.Ordinal);
    }

    private static string[] Draw(SpectrogramGrid grid) =>
        [.. SpectrogramPicture.Draw(grid, "here", 73, TimeZoneInfo.Utc, Views.Pictures).Select(static line => line.ToString())];
}
