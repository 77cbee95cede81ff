using Tracers.Engine.Analysis.Spectrogram;

namespace Tracers.Engine.Pictures;

/// <summary>A line of a spectrogram: an interval, or many in a row in which there is nothing.</summary>
/// <param name="Number">The number of the interval, or of the first of them.</param>
/// <param name="Intervals">How many it stands for.</param>
/// <param name="Row">What lies in it; null for nothing.</param>
internal sealed record SpectrogramLine(long Number, long Intervals, SpectrogramRow? Row)
{
    /// <summary>So many intervals without anything have a line each; a longer gap is one line, which says how long it is.</summary>
    public const int LongestGap = 10;

    /// <summary>The lines from the first to the last interval in which there is something.</summary>
    public static IReadOnlyList<SpectrogramLine> Of(IReadOnlyList<SpectrogramRow> rows)
    {
        List<SpectrogramLine> lines = [];
        foreach (SpectrogramRow row in rows)
        {
            long next = lines is [.., var last] ? last.Number + last.Intervals : row.Number;

            // Of times that a damaged capture makes up the difference may be more than a long.
            long gap = (long)Int128.Min((Int128)row.Number - next, long.MaxValue);
            if (gap > LongestGap)
            {
                lines.Add(new SpectrogramLine(next, gap, null));
            }
            else
            {
                for (; next < row.Number; next++)
                    lines.Add(new SpectrogramLine(next, 1, null));
            }

            lines.Add(new SpectrogramLine(row.Number, 1, row));
        }

        return lines;
    }
}
