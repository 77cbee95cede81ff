using System.Globalization;
using System.Net;
using System.Text;
using Tracers.Engine.Events;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine.Differential;

/// <summary>The values of fields, event by event, as sysdig prints them.</summary>
internal static class SysdigValues
{
    /// <summary>What stands for no value.</summary>
    public const string None = "<NA>";

    // Neither stands in any text of a capture.
    private const char EventMark = '\x1e';
    private const char FieldMark = '\x1f';

    /// <summary>Whether a field is the same wherever it is read; sysdig runs in UTC here, and times of day are those of the machine.</summary>
    public static bool IsComparable(string field) =>
        !(field.StartsWith("evt.time", StringComparison.Ordinal) || field.StartsWith("evt.datetime", StringComparison.Ordinal)) || field == "evt.time.iso8601" || TimeZoneInfo.Local.HasSameRules(TimeZoneInfo.Utc);

    /// <summary>The values of all events that sysdig lists.</summary>
    public static List<(long Number, string[] Values)> Read(string path, IReadOnlyList<string> fields)
    {
        List<(long, string[])> events = [];
        string format = $"*{EventMark}%evt.num{string.Concat(fields.Select(static f => $"{FieldMark}%{f}"))}";

        // A truncated capture is printed as far as it is whole.
        foreach (string line in Sysdig.Run(path, "-p", format).Output.Split(EventMark).Skip(1))
        {
            string[] parts = line[..^1].Split(FieldMark);
            events.Add((long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1..]));
        }

        return events;
    }

    /// <summary>A value as sysdig prints it.</summary>
    public static string Text(string field, object? value) => value switch
    {
        null => None,
        bool yes => yes ? "true" : "false",
        byte[] bytes => Buffer(bytes),
        IPAddress address => address.ToString(),
        long number when field is "evt.reltime" || field.EndsWith(".ns", StringComparison.Ordinal) => number.ToString("000000000", CultureInfo.InvariantCulture),
        long number when field == "fd.dev" => number.ToString("X", CultureInfo.InvariantCulture),
        string name when field.StartsWith("fd.", StringComparison.Ordinal) => Printable(name),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    // Names are printed without what would do harm to a terminal, and without letters that are not ASCII.
    private static string Printable(string name) => string.Concat(name.Where(static c => c is >= ' ' and < (char)0x7f));

    // Of bytes as many as a listing shows.
    private static string Buffer(byte[] bytes)
    {
        const int Most = 80;
        TextBuffer text = new();
        text.AppendDots(bytes.Length <= Most ? bytes : bytes.AsSpan(0, Most - 3));
        return Encoding.ASCII.GetString(text.Written) + (bytes.Length <= Most ? "" : "...");
    }
}
