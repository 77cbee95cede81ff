using Tracers.Engine.Pictures;
using Xunit;

namespace Tracers.Tests.Engine.Pictures;

public sealed class SpectrogramPaletteTests
{
    private static readonly int[] s_csysdig = [22, 28, 64, 34, 2, 76, 46, 118, 154, 191, 227, 226, 11, 220, 209, 208, 202, 197, 9, 1];

    [Fact]
    public void A_count_has_the_colour_of_csysdig()
    {
        foreach (int count in Enumerable.Range(1, 10_000).Append(1_000_000).Append(int.MaxValue / 2 - 1))
        {
            // As mkcol does it.
            uint entry = (uint)(Math.Log10((uint)count * 2 + 1) / Math.Log10(1.6));
            entry = entry < 1 ? 1 : entry > 19 ? 19 : entry;
            Assert.Equal(s_csysdig[entry - 1], SpectrogramPalette.ColorOf(SpectrogramPalette.LevelOf(count)));
        }
    }

    [Fact]
    public void A_level_begins_where_the_legend_says()
    {
        Assert.Equal([1, 2, 3, 5, 8, 13, 21, 34, 55], Enumerable.Range(0, 9).Select(SpectrogramPalette.LeastOf));
        for (int level = 0; level < SpectrogramPalette.Levels; level++)
        {
            long least = SpectrogramPalette.LeastOf(level);
            Assert.Equal(level, SpectrogramPalette.LevelOf(least));
            Assert.True(level == 0 || SpectrogramPalette.LevelOf(least - 1) == level - 1);
        }

        Assert.Equal(SpectrogramPalette.Levels - 1, SpectrogramPalette.LevelOf(long.MaxValue));
    }

    [Fact]
    public void Every_level_has_a_character_of_its_own() =>
        Assert.Equal(SpectrogramPalette.Levels, Enumerable.Range(0, SpectrogramPalette.Levels).Select(SpectrogramPalette.CharacterOf).Where(static c => c is > ' ' and <= '~').Distinct().Count());
}
