using System.Text;
using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Fields;

/// <summary>What is written to the system's log.</summary>
internal static class SyslogFields
{
    private const string WhenNone = " None for everything but a write of a message to /dev/log.";

    private static readonly string[] s_facilities =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "clock", "authpriv", "ftp", "ntp", "logaudit", "logalert", "cron",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    private static readonly byte[][] s_facilityNames = Array.ConvertAll(s_facilities, Encoding.ASCII.GetBytes);

    public static FieldInfo[] All { get; } =
    [
        NewField.Text(
            "syslog.facility.str", "What kind of program a message to the system's log is from, such as daemon or auth." + WhenNone, "syslog.facility.str = auth",
            static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                bool has = TryRead(in c, out int priority, out _) && priority >= 0 && priority >> 3 < s_facilityNames.Length;
                value = has ? s_facilityNames[priority >> 3] : default;
                return has;
            },
            static () => s_facilities),
        NewField.Number("syslog.facility", "The same as a number from 0 to 23." + WhenNone, "syslog.facility = 4", static (scoped in EventContext c, out long value) =>
        {
            bool has = TryRead(in c, out int priority, out _);
            value = priority >> 3;
            return has;
        }),
        NewField.Text(
            "syslog.severity.str", "How urgent a message to the system's log is." + WhenNone, "syslog.severity.str in (err, crit, alert, emerg)",
            static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                bool has = TryRead(in c, out int priority, out _);
                value = SyslogText.Severity(priority);
                return has;
            },
            static () => SyslogText.Severities),
        NewField.Number("syslog.severity", "The same as a number, from 0 for emerg to 7 for debug." + WhenNone, "syslog.severity <= 3", static (scoped in EventContext c, out long value) =>
        {
            bool has = TryRead(in c, out int priority, out _);
            value = priority & 7;
            return has;
        }),
        NewField.Text("syslog.message", "The text of a message to the system's log." + WhenNone, "syslog.message contains failed", static (scoped in EventContext c, out ReadOnlySpan<byte> value) => TryRead(in c, out _, out value)),
    ];

    private static bool TryRead(scoped in EventContext c, out int priority, out ReadOnlySpan<byte> message)
    {
        priority = 0;
        message = default;
        return !c.IsMarker && c.Event.IsExit && (c.Info.Traits & EventTraits.Writes) != 0 && c.Outcome.Result >= 0 && c.Fd is { IsSystemLog: true }
            && SyslogText.TryRead(c.Event.Parameter(1), out priority, out message);
    }
}
