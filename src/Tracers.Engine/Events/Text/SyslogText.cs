using System.Buffers.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>What is written to the system's log, as sysdig's listing shows it in the place of the parameters: <c>syslog sev=info msg=...</c>.</summary>
internal static class SyslogText
{
    private const int LongestPriority = 15;

    private static readonly string[] s_severities = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];

    /// <summary>Appends a message that begins with its priority, <c>&lt;86></c>. False, and nothing, for other data.</summary>
    public static bool TryAppend(TextBuffer text, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return false;
        ReadOnlySpan<byte> rest = data[1..];
        int length = rest.IndexOfAny((byte)'>', (byte)0);
        if (length <= 0 || length > LongestPriority || !Utf8Parser.TryParse(rest[..length], out int priority, out int used) || used != length || priority == -1)
            return false;

        text.Append("syslog sev="u8);
        text.Append(s_severities[priority & 7]);
        text.Append(" msg="u8);
        text.AppendText(rest[(length + 1)..].UntilNul());
        return true;
    }
}
