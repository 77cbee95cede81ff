using System.Diagnostics;
using Tracers.Engine.Filters;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>Texts that are no filters, or hardly: each gives a filter, or an error that says where.</summary>
public sealed class FilterFuzzTests
{
    private const int Texts = 100_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(100);

    // What mutations put in: what the language is made of, and what it is not made for.
    private static readonly string[] s_pieces =
    [
        "(", ")", "\"", "'", "\\", "\\x", "\\xff", "=", "!=", "<", "<=", ">", ">=", " and ", " or ", " not ", " in ", " exists", " contains ", " icontains ", " startswith ", " endswith ", " glob ",
        " regex ", " pmatch ", " intersects ", ",", "[", "]", ".", " ", "\t", "\r\n", "\0", "\ud800", "\udc00", "\U0001F600", "é", "-1", "18446744073709551616", "99999999999999999999999999999999", "0x", "1e999",
        "500ms", "64KB", "9999999d", "proc.name", "evt.num", "fd.type", "evt.dir", "*", "?", "[a-", "(a{1000}){1000}", "((((((((((", "(?<", "\\p{", "$(", "`", ";", "#", "%",
    ];

    [Fact]
    public void Every_text_is_a_filter_or_has_an_error_with_its_place()
    {
        Random random = new(20161124);
        string[] valid = [.. FieldCatalogue.All.Select(static f => f.Example), "(proc.name=a or not fd.type in (file, ipv4)) and evt.num >= 0x10", "proc.name regex ^a+$ and evt.dir = '<'"];
        int filters = 0;
        for (int i = 0; i < Texts; i++)
            filters += Try(i % 4 == 0 ? Anything(random) : Mutated(random, valid)) ? 1 : 0;

        // If nearly none or nearly all of them were, the texts would not try much.
        Assert.InRange(filters, Texts / 100, Texts / 2);
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("not ", 100_000)]
    [InlineData("proc.name=a or ", 50_000)]
    [InlineData("proc.name=a and (", 50_000)]
    [InlineData("evt.num=1", 50_000)]
    [InlineData("proc.name regex ((", 50_000)]
    [InlineData("evt.num=9", 50_000)]
    [InlineData("evt.num in (1,", 50_000)]
    [InlineData("x", 200_000)]
    [InlineData("\"", 100_000)]
    [InlineData("proc.name=\\", 100_000)]
    public void A_very_long_text_too(string piece, int times) => Try(string.Concat(Enumerable.Repeat(piece, times)), TimeSpan.FromSeconds(5));

    [Fact]
    public void Deep_brackets_in_a_regular_expression_are_no_crash()
    {
        foreach (int depth in (int[])[100, 1_000, 100_000])
            Try($"proc.name regex \"{new string('(', depth)}a{new string(')', depth)}\"", TimeSpan.FromSeconds(5));
    }

    private static string Anything(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) == 0 ? ((char)random.Next(0x10000)).ToString() : s_pieces[random.Next(s_pieces.Length)]));

    private static string Mutated(Random random, string[] valid)
    {
        string text = valid[random.Next(valid.Length)];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(text.Length + 1);
            int length = random.Next(Math.Min(5, text.Length - at) + 1);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text[..at],
                2 => text.Insert(at, text.Substring(at, length)),
                3 => $"{text} {(random.Next(2) == 0 ? "and" : "or")} {valid[random.Next(valid.Length)]}",
                _ => text.Insert(at, s_pieces[random.Next(s_pieces.Length)]),
            };
        }

        return text;
    }

    private static bool Try(string text) => Try(text, s_longest);

    // A machine can stall: what takes too long is tried again before it counts.
    private static bool Try(string text, TimeSpan longest)
    {
        for (int round = 1; ; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            bool isFilter = Parse(text);
            TimeSpan took = Stopwatch.GetElapsedTime(begin);
            if (took < longest)
                return isFilter;
            Assert.True(round < 5, $"It took {took}: {text}");
        }
    }

    private static bool Parse(string text)
    {
        try
        {
            Assert.Equal(text, CaptureFilter.Parse(text).Text);
            return true;
        }
        catch (FilterSyntaxException e)
        {
            Assert.InRange(e.Position, 0, text.Length);
            Assert.Equal(text, e.Text);
            Assert.Matches(@"\n  \.{0,3} *\^+$", e.Message);
            return false;
        }
    }
}
