using System.Globalization;
using System.Text.RegularExpressions;
using Tracers.Engine.Analysis;

namespace Tracers;

public readonly partial struct CaptureTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // 1973: a smaller number is one whose unit was forgotten, and not a capture's time in seconds since 1970.
    private const long SmallestEpochSecond = 100_000_000;

    private const string HowToWrite =
        "Write a time of day ('10:15:02.5'), a time since the first event ('+2s'), or a date and time ('2016-11-24T15:06:40Z').";

    /// <summary>Reads a time of day, a time since the first event, or a timestamp.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">It is none of them, or there is no such time.</exception>
    /// <exception cref="OverflowException">It is too large.</exception>
    public static CaptureTime Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        string text = s.Trim();
        if (text.StartsWith('+'))
            return SinceFirst(Duration.Parse(text[1..]), text);
        if (TimeOfDay().Match(text) is { Success: true } clock)
            return OnSomeDay(clock, text);
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number < SmallestEpochSecond)
        {
            throw new FormatException($"'{text}' has no unit. Write '{text}s' for seconds after the first event. {HowToWrite}");
        }

        if (Timestamp.TryParse(text, out Timestamp moment))
            return moment;
        if (!text.Contains(':', StringComparison.Ordinal) && Duration.TryParse(text, out Duration offset))
            return SinceFirst(offset, text);
        throw new FormatException($"'{text}' is no time in a capture. {HowToWrite}");
    }

    private static CaptureTime SinceFirst(Duration offset, string text) => offset.Nanoseconds >= 0
        ? offset
        : throw new FormatException($"'{text}' is before the first event. {HowToWrite}");

    private static CaptureTime OnSomeDay(Match clock, string text)
    {
        int hour = Number(clock.Groups["hour"]);
        int minute = Number(clock.Groups["minute"]);
        int second = Number(clock.Groups["second"]);
        if (hour > 23 || minute > 59 || second > 59)
            throw new FormatException($"'{text}' is no time of day. {HowToWrite}");
        long fraction = long.Parse(clock.Groups["fraction"].Value.PadRight(9, '0'), CultureInfo.InvariantCulture);
        return new CaptureTime(TimeBoundKind.Midnight, (((((hour * 60L) + minute) * 60) + second) * NanosecondsPerSecond) + fraction);
    }

    private static int Number(Group digits) => digits.Length == 0 ? 0 : int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TimeOfDay();
}
