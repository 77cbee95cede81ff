using System.Globalization;
using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Fields;

/// <summary>When an event happened, and how long a call took.</summary>
internal static class EvtTimeFields
{
    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;

    // Behind the seconds of a time of day: a point and nine digits.
    private const int FractionLength = 10;

    public static FieldInfo[] All { get; } =
    [
        NewField.BuiltText("evt.time", "Time of day to the nanosecond, in the zone of the machine that reads: 15:06:40.000014000.", "evt.time startswith 15:06", static text => Local(text, date: false, fraction: true)),
        NewField.BuiltText("evt.time.s", "Time of day to the second, in the zone of the machine that reads: 15:06:40.", "evt.time.s = 15:06:40", static text => Local(text, date: false, fraction: false)),
        NewField.BuiltText("evt.time.iso8601", "Date and time of day in UTC: 2016-11-24T15:06:40.000014000+0000.", "evt.time.iso8601 startswith 2016-11-24", Iso),
        NewField.BuiltText("evt.datetime", "Date and time of day to the nanosecond, in the zone of the machine that reads: 2016-11-24 15:06:40.000014000.", "evt.datetime >= \"2016-11-24 15:06\"", static text => Local(text, date: true, fraction: true)),
        NewField.BuiltText("evt.datetime.s", "Date and time of day to the second, in the zone of the machine that reads: 2016-11-24 15:06:40.", "evt.datetime.s = \"2016-11-24 15:06:40\"", static text => Local(text, date: true, fraction: false)),

        Time("evt.rawtime", FieldUnit.Moment, "Nanoseconds since the beginning of 1970 (UTC).", "evt.rawtime >= 1480000000000014000", static (scoped in EventContext c) => c.Event.Timestamp),
        Time("evt.rawtime.s", FieldUnit.None, "Whole seconds since the beginning of 1970 (UTC).", "evt.rawtime.s = 1480000000", static (scoped in EventContext c) => c.Event.Timestamp / Second),
        Time("evt.rawtime.ns", FieldUnit.Nanoseconds, "Nanoseconds of the time behind its whole second.", "evt.rawtime.ns < 500ms", static (scoped in EventContext c) => c.Event.Timestamp % Second),
        Time("evt.reltime", FieldUnit.Nanoseconds, "Nanoseconds since the first event in the capture, also one that the recorder made itself.", "evt.reltime > 1500ms", static (scoped in EventContext c) => c.Event.Timestamp - c.Pass.Beginning),
        Time("evt.reltime.s", FieldUnit.Seconds, "Whole seconds since the first event of the capture.", "evt.reltime.s >= 1m", static (scoped in EventContext c) => (c.Event.Timestamp - c.Pass.Beginning) / Second),
        Time("evt.reltime.ns", FieldUnit.Nanoseconds, "Nanoseconds of the time since the first event of the capture, behind its whole second.", "evt.reltime.ns < 1ms", static (scoped in EventContext c) => (c.Event.Timestamp - c.Pass.Beginning) % Second),

        Latency("evt.latency", FieldUnit.Nanoseconds, "Nanoseconds that the call took, on leaving it; 0 on entering it and for markers. None for a call whose beginning is not in the capture, and for what is no call.", "evt.latency > 10ms", static latency => latency),
        Latency("evt.latency.s", FieldUnit.Seconds, "Whole seconds that the call took: see evt.latency.", "evt.latency.s >= 1", static latency => latency / Second),
        Latency("evt.latency.ns", FieldUnit.Nanoseconds, "Nanoseconds that the call took, behind the whole second: see evt.latency.", "evt.latency.ns > 500ms", static latency => latency % Second),
        NewField.BuiltText("evt.latency.human", "The time that the call took as people read it, such as 10.3ms: see evt.latency.", "evt.latency.human endswith ms", static text => (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            value = default;
            if (!TryLatency(in c, out long latency))
                return false;
            text.Length = 0;
            HumanTime.Append(text, latency);
            value = text.Written;
            return true;
        }),

        Time("evt.deltatime", FieldUnit.Nanoseconds, "Nanoseconds since the event before, whether that is shown or not; 0 for the first.", "evt.deltatime > 100ms", static (scoped in EventContext c) => Delta(in c)),
        Time("evt.deltatime.s", FieldUnit.Seconds, "Whole seconds since the event before.", "evt.deltatime.s >= 1", static (scoped in EventContext c) => Delta(in c) / Second),
        Time("evt.deltatime.ns", FieldUnit.Nanoseconds, "Nanoseconds since the event before, behind the whole second.", "evt.deltatime.ns > 1ms", static (scoped in EventContext c) => Delta(in c) % Second),

        NewField.Number(
            "evt.wait_latency", "Nanoseconds that a call spent waiting (poll, select, nanosleep, ...), on leaving it. None for other calls, and for one whose beginning is not in the capture.", "evt.wait_latency > 1s",
            static (scoped in EventContext c, out long value) =>
            {
                value = c.Outcome.Latency;
                return !c.IsMarker && c.Event.IsExit && (c.Info.Traits & EventTraits.Waits) != 0 && c.Outcome.HasEnter;
            },
            unit: FieldUnit.Nanoseconds),

        new("evt.around", FieldType.Unsigned, "Whether the event is at most so many milliseconds from a time: evt.around[evt.rawtime]=milliseconds.", Around)
        {
            Example = "evt.around[1404996934793590564] = 1000",
            Argument = FieldArgument.Key,
            FilterOnly = true,
            Unit = FieldUnit.Milliseconds,
        },
    ];

    private delegate long TimeOf(scoped in EventContext context);

    private static FieldInfo Time(string name, FieldUnit unit, string description, string example, TimeOf read) => NewField.Number(
        name, description, example,
        (scoped in EventContext c, out long value) =>
        {
            value = read(in c);
            return true;
        },
        unit: unit);

    private static FieldInfo Latency(string name, FieldUnit unit, string description, string example, Func<long, long> part) => NewField.Number(
        name, description, example,
        (scoped in EventContext c, out long value) =>
        {
            bool known = TryLatency(in c, out long latency);
            value = part(latency);
            return known;
        },
        unit: unit);

    private static bool TryLatency(scoped in EventContext c, out long latency)
    {
        latency = 0;
        if (c.IsMarker)
            return true;
        if (!IsCall(c.Event.Type))
            return false;
        if (!c.Event.IsExit)
            return true;
        latency = c.Outcome.Latency;
        return c.Outcome.HasEnter;
    }

    private static bool IsCall(int type) => (State.EventKinds.ByType[type] & State.EventKinds.Aside) == 0;

    private static long Delta(scoped in EventContext c) => c.Pass.PreviousTimestamp == 0 ? 0 : c.Event.Timestamp - c.Pass.PreviousTimestamp;

    private static FieldReader.TextOf Local(TextBuffer text, bool date, bool fraction)
    {
        TimeOfDayText time = new(TimeZoneInfo.Local);
        return (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            text.Length = 0;
            if (date)
            {
                time.AppendDate(text, c.Event.Timestamp);
                text.Append((byte)' ');
            }

            time.Append(text, c.Event.Timestamp);
            if (!fraction)
                text.Length -= FractionLength;
            value = text.Written;
            return true;
        };
    }

    private static FieldReader.TextOf Iso(TextBuffer text)
    {
        TimeOfDayText time = new(TimeZoneInfo.Utc);
        return (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            text.Length = 0;
            time.AppendDate(text, c.Event.Timestamp);
            text.Append((byte)'T');
            time.Append(text, c.Event.Timestamp);
            text.Append("+0000"u8);
            value = text.Written;
            return true;
        };
    }

    private static FieldReader Around(FieldReference reference)
    {
        if (!long.TryParse(reference.Name, NumberStyles.None, CultureInfo.InvariantCulture, out long moment))
            throw reference.Wrong($"'{reference.Name}' is no time: in the brackets stand nanoseconds since 1970, as evt.rawtime has them.");
        return new FieldReader
        {
            Type = FieldType.Unsigned,
            Unit = FieldUnit.Milliseconds,
            IsDistance = true,

            // Rounded up: what is a nanosecond further than the value is further. Times of damaged events can lie further apart than 64 bits with a sign can say.
            Number = (scoped in EventContext c, out long value) =>
            {
                long time = c.Event.Timestamp;
                ulong distance = time > moment ? (ulong)time - (ulong)moment : (ulong)moment - (ulong)time;
                value = (long)((distance / Millisecond) + (distance % Millisecond == 0 ? 0UL : 1));
                return true;
            },
        };
    }
}
