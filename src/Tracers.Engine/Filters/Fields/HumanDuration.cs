using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Fields;

/// <summary>Durations as sysdig shows them to people: three digits at most, cut off and not rounded.</summary>
internal static class HumanDuration
{
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    public static void Append(TextBuffer text, long nanoseconds)
    {
        switch (nanoseconds)
        {
            case >= Hour:
                AppendTwoDigits(text, nanoseconds / Hour);
                text.Append((byte)':');
                AppendTwoDigits(text, nanoseconds / Minute % 60);
                text.Append((byte)':');
                AppendTwoDigits(text, nanoseconds / Second % 60);
                break;
            case >= Minute:
                text.Append(nanoseconds / Minute);
                text.Append((byte)':');
                text.Append(nanoseconds / Second % 60);
                break;
            case >= Second:
                AppendFraction(text, nanoseconds, Second, "s"u8);
                break;
            case >= 10 * Millisecond:
                text.Append(nanoseconds / Millisecond);
                text.Append("ms"u8);
                break;
            case >= Millisecond:
                AppendFraction(text, nanoseconds, Millisecond, "ms"u8);
                break;
            case >= 10 * Microsecond:
                text.Append(nanoseconds / Microsecond);
                text.Append("us"u8);
                break;
            case >= Microsecond:
                AppendFraction(text, nanoseconds, Microsecond, "us"u8);
                break;
            default:
                text.Append(nanoseconds);
                text.Append("ns"u8);
                break;
        }
    }

    private static void AppendFraction(TextBuffer text, long nanoseconds, long unit, ReadOnlySpan<byte> name)
    {
        text.Append(nanoseconds / unit);
        text.Append((byte)'.');
        AppendTwoDigits(text, nanoseconds % unit / (unit / 100));
        text.Append(name);
    }

    private static void AppendTwoDigits(TextBuffer text, long number)
    {
        if (number < 10)
            text.Append((byte)'0');
        text.Append(number);
    }
}
