namespace Tracers.Engine.Filters.Comparisons;

/// <summary>A pattern as the shell has them: <c>*</c> any bytes, <c>?</c> one, <c>[a-z]</c> and <c>[!a-z]</c> one of several, a backslash the next one itself. A slash is a byte like any other, as in sysdig.</summary>
internal sealed class GlobPattern(byte[] pattern)
{
    public bool Matches(ReadOnlySpan<byte> value)
    {
        int at = 0;
        int v = 0;
        int starAt = -1;
        int starV = 0;
        while (v < value.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                starAt = ++at;
                starV = v;
            }
            else if (at < pattern.Length && MatchesOne(value[v], at, out int next))
            {
                at = next;
                v++;
            }
            else if (starAt >= 0)
            {
                // The last star takes one more byte.
                at = starAt;
                v = ++starV;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*')
            at++;
        return at == pattern.Length;
    }

    private bool MatchesOne(byte value, int at, out int next)
    {
        next = at + 1;
        switch ((char)pattern[at])
        {
            case '?':
                return true;
            case '\\' when at + 1 < pattern.Length:
                next = at + 2;
                return value == pattern[at + 1];
            case '[' when TryMatchSet(value, at, out bool matches, out int end):
                next = end;
                return matches;
            default:
                return value == pattern[at];
        }
    }

    // False when it is not closed: the bracket is a byte like any other then.
    private bool TryMatchSet(byte value, int at, out bool matches, out int end)
    {
        int i = at + 1;
        bool inverted = i < pattern.Length && pattern[i] is (byte)'!' or (byte)'^';
        if (inverted)
            i++;
        matches = inverted;
        for (int first = i; i < pattern.Length && (pattern[i] != ']' || i == first); i++)
        {
            byte low = pattern[i];
            byte high = low;
            if (i + 2 < pattern.Length && pattern[i + 1] == '-' && pattern[i + 2] != ']')
            {
                high = pattern[i + 2];
                i += 2;
            }

            if (value >= low && value <= high)
                matches = !inverted;
        }

        end = i + 1;
        return i < pattern.Length;
    }
}
