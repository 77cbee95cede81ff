using System.Globalization;
using System.Text.RegularExpressions;
using Tracers.Engine.Filters;

namespace Tracers.Engine.Analysis.Comparison;

/// <summary>Conditions of which any must not hold: <c>p99 &gt; 1.2x or mean &gt; +10%</c>.</summary>
public sealed partial class ComparisonRules
{
    private const string Ratios = "a ratio such as 1.2x or 120%, or a change such as +20%";

    private readonly string _text;

    private ComparisonRules(string text, IReadOnlyList<ComparisonRule> rules)
    {
        _text = text;
        Rules = rules;
    }

    internal IReadOnlyList<ComparisonRule> Rules { get; }

    /// <summary>Whether what was done in the spans must be known.</summary>
    internal bool NeedWork => Rules.Any(static r => r.Metric.IsWork());

    /// <summary>
    /// Reads conditions with <c>or</c> or a comma between them: a metric (p50, p90, p99, p99.9, max, mean, total, count, bytes, calls, errors),
    /// one of &gt; &gt;= &lt; &lt;=, and a ratio to the first capture (<c>1.2x</c>, <c>120%</c>) or a change from it (<c>+20%</c>, <c>-10%</c>).
    /// </summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">It is none; the message shows the place and what is expected there.</exception>
    public static ComparisonRules Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        List<ComparisonRule> rules = [];
        int at = 0;
        do
        {
            ComparisonMetric metric = TakeMetric(s, ref at);
            string @operator = Take(Operator(), s, ref at) ?? throw Error(s, at, "One of > >= < <= is missing.", "> >= < <=");
            rules.Add(new ComparisonRule(metric, @operator, TakeRatio(s, ref at)));
        }
        while (TakesSeparator(s, ref at));
        return new ComparisonRules(s.Trim(), rules);
    }

    /// <summary>The conditions as they were written.</summary>
    public override string ToString() => _text;

    private static ComparisonMetric TakeMetric(string text, ref int at)
    {
        int start = SkipBlanks(text, at);
        at = start;
        string? name = Take(Word(), text, ref at);
        if (name is not null && ComparisonMetrics.TryParse(name, out ComparisonMetric metric))
            return metric;
        string expected = string.Join(' ', ComparisonMetrics.Names);
        throw name is null
            ? Error(text, start, "The name of a metric is missing.", expected)
            : Error(text, start, $"There is no metric '{name}'.", expected, name.Length, () => NearestName.Of(name, ComparisonMetrics.Names));
    }

    private static double TakeRatio(string text, ref int at)
    {
        int start = SkipBlanks(text, at);
        at = start;
        if (Ratio().Match(text, start) is not { Success: true } match)
        {
            int length = Rest().Match(text, start).Length;
            throw length == 0
                ? Error(text, start, "The ratio is missing.", Ratios)
                : Error(text, start, $"'{text.Substring(start, length)}' is no ratio.", Ratios, length);
        }

        at = start + match.Length;
        double number = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        string sign = match.Groups["sign"].Value;
        if (match.Groups["unit"].ValueSpan is not "%")
        {
            return sign.Length == 0 ? number
                : throw Error(text, start, "A ratio has no sign: it is 1x where nothing has changed.", Ratios, match.Length);
        }

        return sign switch
        {
            "+" => 1 + (number / 100),
            "-" => 1 - (number / 100),
            _ => number / 100,
        };
    }

    private static bool TakesSeparator(string text, ref int at)
    {
        at = SkipBlanks(text, at);
        if (at == text.Length)
            return false;
        return Take(Separator(), text, ref at) is not null
            ? true
            : throw Error(text, at, $"'{text[at..].TrimEnd()}' does not belong here.", "or, a comma, or the end", text.Length - at);
    }

    private static string? Take(Regex pattern, string text, ref int at)
    {
        at = SkipBlanks(text, at);
        Match match = pattern.Match(text, at);
        at += match.Length;
        return match.Success ? match.Value : null;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    private static FormatException Error(string text, int at, string problem, string expected, int length = 0, Func<string?>? findNearest = null)
    {
        FilterSyntaxException place = new(problem) { Position = at, Length = length, Expected = expected, FindNearest = findNearest, Text = text };
        return new FormatException(place.Message, place);
    }

    [GeneratedRegex(@"\G(?:[A-Za-z][A-Za-z0-9.]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G[<>]=?", RegexOptions.CultureInvariant)]
    private static partial Regex Operator();

    [GeneratedRegex(@"\G(?<sign>[+-]?)(?<number>[0-9]{1,9}(?:\.[0-9]{1,9})?)[ ]*(?<unit>[xX%])(?![A-Za-z0-9.%])", RegexOptions.CultureInvariant)]
    private static partial Regex Ratio();

    [GeneratedRegex(@"\G(?:,|[oO][rR](?![A-Za-z0-9]))", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\G[^\s,]*", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
