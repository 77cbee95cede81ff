using System.Globalization;
using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Pictures;

namespace Tracers;

/// <summary>Numbers and texts as the views of the module show them. The objects keep the exact values.</summary>
internal static class Views
{
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>Bytes in the unit that fits, 1 KB being 1024 bytes: <c>40 B</c>, <c>8.79 KB</c>. Empty for null.</summary>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } count)
            return "";
        double value = count;
        int unit = 0;
        while (Math.Abs(value) >= 1024 && unit < s_units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        // Three digits or a little more: the columns stay narrow, and the exact number is in the object.
        string format = unit == 0 || Math.Abs(value) >= 100 ? "F0" : Math.Abs(value) >= 10 ? "F1" : "F2";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {s_units[unit]}";
    }

    /// <summary>The same numbers in pictures.</summary>
    public static PictureFormats Pictures { get; } = new(static ns => Duration.FromNanoseconds(ns).ToString("H", null), static bytes => Bytes(bytes), WholeBytes);

    /// <summary>The number of a descriptor; <c>-</c> where it was closed.</summary>
    public static string Fd(long? fd) => fd?.ToString(CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A text of the captured machine, without what would do something to the terminal or the line; empty for null.</summary>
    public static string Text(string? text) =>
        text is null ? "" : text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? TextColumns.Fit(text, int.MaxValue) : text;

    // Of a number that is whole in the unit that fits: 4 KB, and not 4.00 KB.
    private static string WholeBytes(long bytes)
    {
        int unit = 0;
        for (; bytes >= 1024 && unit < s_units.Length - 1; unit++)
            bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes} {s_units[unit]}");
    }

    /// <summary>A ratio: <c>1.25x</c>. Empty for null.</summary>
    public static string Ratio(double? ratio) => ratio switch
    {
        null => "",
        >= 1000 => "> 999x",
        double value => value.ToString(value >= 100 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture) + "x",
    };

    /// <summary>A text in lines of at most so many characters, divided between words.</summary>
    public static string Lines(string text, int width)
    {
        StringBuilder lines = new();
        int column = 0;
        foreach (string word in text.Split(' '))
        {
            bool fits = column + 1 + word.Length <= width;
            if (lines.Length > 0)
                lines.Append(fits ? ' ' : '\n');
            column = fits && lines.Length > 0 ? column + 1 + word.Length : word.Length;
            lines.Append(word);
        }

        return lines.ToString();
    }

    /// <summary>A number of things: <c>1 event</c>, <c>2 events</c>.</summary>
    public static string Count(long count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");

    /// <summary>A number of spans and the time that they took together.</summary>
    public static string Spans(long count, long nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Count(count, "span")}, {Duration.FromNanoseconds(nanoseconds):H}");

    /// <summary>The only key of a row in its column; empty when it has no value.</summary>
    public static string Key(object?[] keys) => keys[0] is null ? "" : Keys(keys);

    /// <summary>The keys of a row in one column; <c>-</c> for one that has no value.</summary>
    public static string Keys(IEnumerable<object?> keys) => string.Join(" | ", keys.Select(static key => key switch
    {
        null => "-",
        Timestamp time => time.ToString("T", CultureInfo.CurrentCulture),
        Duration time => time.ToString("H", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Text(Convert.ToString(key, CultureInfo.InvariantCulture)),
    }));
}
