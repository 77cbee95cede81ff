namespace Tracers.Engine.Filters;

/// <summary>What somebody may have meant who wrote a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>The name that differs in the fewest letters; null when all differ in more than a third of them.</summary>
    public static string? Of(string text, IEnumerable<string> names)
    {
        string? nearest = null;
        int least = Math.Max(1, text.Length / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(text, name, least);
            if (distance < least)
            {
                least = distance;
                nearest = name;
            }
        }

        return nearest;
    }

    // Letters to insert, to take away or to replace; upper and lower case are the same.
    private static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) >= most)
            return most;
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1));
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
