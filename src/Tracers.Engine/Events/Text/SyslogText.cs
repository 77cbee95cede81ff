using System.Buffers.Text;
using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>What is written to the system's log, as sysdig's listing shows it in the place of the parameters: <c>syslog sev=info msg=...</c>.</summary>
internal static class SyslogText
{
    private const int LongestPriority = 15;

    private static readonly string[] s_severities = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
    private static readonly byte[][] s_utf8Severities = Array.ConvertAll(s_severities, Encoding.ASCII.GetBytes);

    /// <summary>The words for how urgent a message is, the most urgent first.</summary>
    public static IReadOnlyList<string> Severities => s_severities;

    /// <summary>How urgent a message of a priority is.</summary>
    public static ReadOnlySpan<byte> Severity(int priority) => s_utf8Severities[priority & 7];

    /// <summary>Appends a message that begins with its priority, <c>&lt;86></c>. False, and nothing, for other data.</summary>
    public static bool TryAppend(TextBuffer text, ReadOnlySpan<byte> data)
    {
        if (!TryRead(data, out int priority, out ReadOnlySpan<byte> message))
            return false;
        text.Append("syslog sev="u8);
        text.Append(Severity(priority));
        text.Append(" msg="u8);
        text.AppendText(message);
        return true;
    }

    /// <summary>Takes a message that begins with its priority apart. False for other data.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out int priority, out ReadOnlySpan<byte> message)
    {
        priority = 0;
        message = default;
        if (data.IsEmpty)
            return false;
        ReadOnlySpan<byte> rest = data[1..];
        int length = rest.IndexOfAny((byte)'>', (byte)0);
        if (length <= 0 || length > LongestPriority || !Utf8Parser.TryParse(rest[..length], out priority, out int used) || used != length || priority == -1)
            return false;
        message = rest[(length + 1)..].UntilNul();
        return true;
    }
}
