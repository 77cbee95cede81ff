using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis.Spectrogram;
using Xunit;

namespace Tracers.Tests.Engine.Analysis.Spectrogram;

public sealed class SpectrogramGridTests
{
    private const long Half = SpectrogramQuery.DefaultInterval;

    // csysdig ends a row with the first event behind a moment that the interval divides: what happens at the moment itself is in the row.
    [Fact]
    public void A_row_ends_with_a_moment_that_the_interval_divides()
    {
        SpectrogramGrid grid = Grid();
        foreach (long time in (long[])[(10 * Half) + 1, 11 * Half, (11 * Half) + 1, 10 * Half, 12 * Half])
            grid.Add(time, 5);
        Assert.Equal(
            [(9L, 9 * Half, 10 * Half, 1L), (10, 10 * Half, 11 * Half, 2), (11, 11 * Half, 12 * Half, 2)],
            grid.Rows().Select(static r => (r.Number, r.Start, r.End, r.Cells.Sum(static c => c.Count))));
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(1, 0)]
    [InlineData(-1, -1)]
    [InlineData(-100, -2)]
    [InlineData(-99, -1)]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void A_moment_before_the_epoch_has_its_row_as_well(long time, long row) => Assert.Equal(row, Grid(interval: 100).RowOf(time));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_counted_is_what_a_plain_dictionary_counts(int seed)
    {
        Random random = new(seed);
        SpectrogramGrid grid = Grid(interval: 1000);
        Dictionary<(long, int), long> plain = [];
        long at = 1_000_000;
        for (int i = 0; i < 50_000; i++)
        {
            // Mostly forwards, now and then back, as the events of several cpus come.
            at += random.Next(-40, 60);
            long value = random.Next(10) == 0 ? 0 : (long)Math.Pow(10, random.NextDouble() * 12);
            grid.Add(at, value);
            long row = (long)Math.Ceiling(at / 1000m) - 1;
            int column = value < 1 ? -1 : value >= 100_000_000_000 ? 80 : (int)(Math.Log10(value) * 80 / 11);
            plain[(row, column)] = plain.GetValueOrDefault((row, column)) + 1;
        }

        Assert.Equal(plain.OrderBy(static c => c.Key).Select(static c => (c.Key.Item1, c.Key.Item2, c.Value)), Cells(grid));
        Assert.Equal(50_000, grid.Count);

        // Asking does not change anything, and more can be added behind it.
        grid.Add(at, 5);
        Assert.Equal(50_001, Cells(grid).Sum(static c => c.Count));
    }

    [Fact]
    public void Spans_are_where_they_ended_and_those_without_a_duration_are_counted()
    {
        SpectrogramGrid grid = Read(new SpectrogramQuery { Columns = 11, Interval = 1000, KeepSpans = true }, c =>
        {
            Mark(c, 0, ">:1:a::");
            Mark(c, 1, ">:2:b::");
            Mark(c, 2, "<:2:b::");
            Mark(c, 52, "<:1:a::");
            Mark(c, 60, "<:9:lost::");
            Mark(c, 61, ">:3:open::");
            Mark(c, 70, ">:4:none::");
            Mark(c, 70, "<:4:none::");
        });

        // 1 us, 52 us, and 0 ns for the one of which the end has the time of its beginning.
        Assert.Equal([(2000, 3, "b"), (52_000, 4, "a"), (70_000, -1, "none")], grid.Rows().SelectMany(static r => r.Cells.Select(c => (r.End - CaptureBuilder.Start, c.Column, string.Join(',', c.Spans.Select(static s => s.Tags.Text))))));
        Assert.Equal((3, 2), (grid.Count, grid.Unplaced));
    }

    [Fact]
    public void Kept_spans_find_their_columns_on_another_scale_and_numbers_stay()
    {
        SpectrogramGrid kept = Read(new SpectrogramQuery { Columns = 11, KeepSpans = true }, Ten);
        SpectrogramGrid direct = Read(new SpectrogramQuery { Columns = 110, KeepSpans = true }, Ten);
        Assert.Equal(Cells(direct), Cells(kept.WithColumns(110)));
        SpectrogramGrid counted = Read(new SpectrogramQuery { Columns = 11 }, Ten);
        Assert.Same(counted, counted.WithColumns(110));

        static void Ten(CaptureBuilder c)
        {
            for (int i = 1; i <= 10; i++)
            {
                Mark(c, i * 1000, $">:{i}:a::");
                Mark(c, (i * 1000) + (i * i), $"<:{i}:a::");
            }
        }
    }

    private static SpectrogramGrid Grid(long interval = Half) => new(new SpectrogramQuery { Columns = 80, Interval = interval });

    private static IEnumerable<(long Row, int Column, long Count)> Cells(SpectrogramGrid grid) =>
        grid.Rows().SelectMany(static r => r.Cells.Select(c => (r.Number, c.Column, c.Count)));

    private static SpectrogramGrid Read(SpectrogramQuery query, Action<CaptureBuilder> write)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        write(capture);
        SpectrogramGrid grid = new(query);
        using CaptureFile file = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: true, CancellationToken.None);
        file.ReadSpectrogram(grid);
        return grid;
    }

    private static void Mark(CaptureBuilder capture, long microseconds, string marker)
    {
        capture.Now = CaptureBuilder.Start + (microseconds * 1000);
        byte[] data = Encoding.UTF8.GetBytes(marker);
        capture.EventBlock(0x217, CaptureBuilder.Tid, 9, 2, wide: false, (long)data.Length, data);
    }
}
