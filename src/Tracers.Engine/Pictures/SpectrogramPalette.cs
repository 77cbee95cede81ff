namespace Tracers.Engine.Pictures;

/// <summary>The colours of a spectrogram: those of csysdig, and beside each a character of the same rank for where there are no colours.</summary>
/// <remarks>
/// csysdig (0.29.3 <c>cursesspectro.cpp</c>, <c>mkcol</c>) takes entry ⌊log(2·count + 1) / log(1.6)⌋ of twenty, counted from 1 and not above 19: the first is for
/// less than one, and the last is never reached. The entries that can be seen are the levels here, from 0.
/// </remarks>
internal static class SpectrogramPalette
{
    private const int FirstEntry = 2;
    private const int LastEntry = 19;
    private const string Ramp = ".,:;~-+=ioxzXO%#&@";

    private static readonly byte[] s_entries = [22, 28, 64, 34, 2, 76, 46, 118, 154, 191, 227, 226, 11, 220, 209, 208, 202, 197, 9, 1];

    /// <summary>How many levels there are.</summary>
    public const int Levels = LastEntry - FirstEntry + 1;

    /// <summary>The level of a count of at least 1.</summary>
    public static int LevelOf(long count) =>
        (int)Math.Clamp(Math.Log10((2.0 * count) + 1) / Math.Log10(1.6), FirstEntry, LastEntry) - FirstEntry;

    /// <summary>The colour of a level, among the 256 of a terminal.</summary>
    public static byte ColorOf(int level) => s_entries[level + FirstEntry - 1];

    /// <summary>The character of a level: the higher, the more of the cell is filled.</summary>
    public static char CharacterOf(int level) => Ramp[level];

    /// <summary>The smallest count of a level.</summary>
    public static long LeastOf(int level)
    {
        long count = Math.Max((long)((Math.Pow(1.6, level + FirstEntry) - 1) / 2), 1);
        while (count > 1 && LevelOf(count - 1) >= level)
            count--;
        while (LevelOf(count) < level)
            count++;
        return count;
    }
}
