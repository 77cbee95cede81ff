using System.Numerics;

namespace Tracers.Engine.Filters;

/// <summary>What somebody may have meant who wrote a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>The name that differs in the fewest letters; null when all differ in more than a third of them.</summary>
    public static string? Of(string text, IEnumerable<string> names)
    {
        string? nearest = null;
        int least = Math.Max(1, text.Length / 3) + 1;
        string lower = text.ToLowerInvariant();
        uint letters = Letters(lower);
        int[] row = new int[Math.Max(text.Length + least, 1)];
        foreach (string name in names)
        {
            if (Math.Abs(name.Length - text.Length) >= least)
                continue;
            string other = name.ToLowerInvariant();

            // Each letter that only one of them has is a change at least: of most names no more needs to be known.
            uint others = Letters(other);
            if (Math.Max(BitOperations.PopCount(letters & ~others), BitOperations.PopCount(others & ~letters)) >= least)
                continue;
            int distance = Distance(lower, other, least, row);
            if (distance < least)
            {
                least = distance;
                nearest = name;
            }
        }

        return nearest;
    }

    // Which there are, in 32 bits: several may share one.
    private static uint Letters(string text)
    {
        uint letters = 0;
        foreach (char c in text)
            letters |= 1u << (c & 31);
        return letters;
    }

    // Letters to insert, to take away or to replace.
    private static int Distance(string a, string b, int most, int[] row)
    {
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
                least = Math.Min(least, row[j]);
            }

            // It only grows from here.
            if (least >= most)
                return most;
        }

        return row[b.Length];
    }
}
