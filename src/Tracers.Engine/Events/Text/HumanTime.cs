namespace Tracers.Engine.Events;

/// <summary>Spans of time as sysdig's <c>.human</c> fields have them: <c>850ns</c>, <c>10.31ms</c>, <c>2.05s</c>, <c>1:20</c>, <c>01:02:03</c>. The rest is cut off, not rounded.</summary>
internal static class HumanTime
{
    private const ulong Microsecond = 1_000;
    private const ulong Millisecond = 1_000_000;
    private const ulong Second = 1_000_000_000;
    private const ulong Minute = 60 * Second;
    private const ulong Hour = 60 * Minute;

    public static void Append(TextBuffer text, long nanoseconds)
    {
        ulong time = (ulong)nanoseconds;
        if (time >= Hour)
        {
            TwoDigits(text, time / Hour);
            text.Append((byte)':');
            TwoDigits(text, time / Minute % 60);
            text.Append((byte)':');
            TwoDigits(text, time / Second % 60);
        }
        else if (time >= Minute)
        {
            text.Append(time / Minute);
            text.Append((byte)':');
            text.Append(time / Second % 60);
        }
        else if (time >= Second)
        {
            Hundredths(text, time, Second);
            text.Append("s"u8);
        }
        else if (time >= Millisecond)
        {
            InUnit(text, time, Millisecond);
            text.Append("ms"u8);
        }
        else if (time >= Microsecond)
        {
            InUnit(text, time, Microsecond);
            text.Append("us"u8);
        }
        else
        {
            text.Append(time);
            text.Append("ns"u8);
        }
    }

    // From ten of a unit on without a fraction.
    private static void InUnit(TextBuffer text, ulong time, ulong unit)
    {
        if (time >= 10 * unit)
            text.Append(time / unit);
        else
            Hundredths(text, time, unit);
    }

    private static void Hundredths(TextBuffer text, ulong time, ulong unit)
    {
        text.Append(time / unit);
        text.Append((byte)'.');
        TwoDigits(text, time % unit / (unit / 100));
    }

    private static void TwoDigits(TextBuffer text, ulong value)
    {
        if (value < 10)
            text.Append((byte)'0');
        text.Append(value);
    }
}
