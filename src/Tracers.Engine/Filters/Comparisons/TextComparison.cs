using System.Text;
using System.Text.RegularExpressions;
using Tracers.Engine.Filters.Syntax;

namespace Tracers.Engine.Filters.Comparisons;

/// <summary>Compares texts, byte by byte.</summary>
internal sealed class TextComparison(FilterOperator op, byte[][] values, Regex? regex)
{
    private readonly byte[] _first = values.Length > 0 ? values[0] : [];

    // The same for every order of the values: paths that lie in each other are looked at from the shortest.
    private readonly GlobPattern? _glob = op == FilterOperator.Glob ? new GlobPattern(values[0]) : null;

    private char[] _text = [];

    public bool Matches(ReadOnlySpan<byte> value) => op switch
    {
        FilterOperator.Equal => value.SequenceEqual(_first),
        FilterOperator.NotEqual => !value.SequenceEqual(_first),
        FilterOperator.Exists => true,
        FilterOperator.Contains => value.IndexOf(_first) >= 0,
        FilterOperator.IContains => ContainsIgnoringCase(value, _first),
        FilterOperator.StartsWith => value.StartsWith(_first),
        FilterOperator.EndsWith => value.EndsWith(_first),
        FilterOperator.Less => value.SequenceCompareTo(_first) < 0,
        FilterOperator.LessOrEqual => value.SequenceCompareTo(_first) <= 0,
        FilterOperator.Greater => value.SequenceCompareTo(_first) > 0,
        FilterOperator.GreaterOrEqual => value.SequenceCompareTo(_first) >= 0,
        FilterOperator.In or FilterOperator.Intersects => EqualsOne(value),
        FilterOperator.PMatch => LiesBelowOne(value),
        FilterOperator.Glob => _glob!.Matches(value),
        _ => Matches(regex!, ToText(value)),
    };

    private static bool Matches(Regex regex, ReadOnlySpan<char> text)
    {
        long began = Environment.TickCount64;
        bool matches;
        try
        {
            matches = regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException e) when (e.Pattern.Length == 0)
        {
            // Those that do not backtrack leave out which one it is.
            throw TooSlow(regex);
        }

        // They look at the clock only while they have few states; with many, a match goes on for as long as it takes.
        return Environment.TickCount64 - began <= regex.MatchTimeout.TotalMilliseconds ? matches : throw TooSlow(regex);
    }

    private static RegexMatchTimeoutException TooSlow(Regex regex) => new("", regex.ToString(), regex.MatchTimeout);

    // In a buffer that is used again.
    private ReadOnlySpan<char> ToText(ReadOnlySpan<byte> value)
    {
        if (_text.Length < value.Length)
            _text = new char[Math.Max(value.Length, 2 * _text.Length)];
        return _text.AsSpan(0, Encoding.UTF8.GetChars(value, _text));
    }

    private bool EqualsOne(ReadOnlySpan<byte> value)
    {
        foreach (byte[] one in values)
        {
            if (value.SequenceEqual(one))
                return true;
        }

        return false;
    }

    private bool LiesBelowOne(ReadOnlySpan<byte> value)
    {
        foreach (byte[] one in values)
        {
            ReadOnlySpan<byte> path = one.AsSpan().TrimEnd((byte)'/');
            if (value.StartsWith(path) && (value.Length == path.Length || value[path.Length] == '/'))
                return true;
        }

        return false;
    }

    // Of letters only those of ASCII, as the C library does in the locale that sysdig runs in.
    private static bool ContainsIgnoringCase(ReadOnlySpan<byte> value, ReadOnlySpan<byte> part)
    {
        for (int i = 0; i + part.Length <= value.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(value.Slice(i, part.Length), part))
                return true;
        }

        return false;
    }
}
