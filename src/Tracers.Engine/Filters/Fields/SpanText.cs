using Tracers.Engine.Events;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Filters.Fields;

/// <summary>Texts of markers' arguments, from the bytes as they were written.</summary>
internal static class SpanText
{
    private const byte Escape = (byte)'\\';

    public static int CountArguments(ReadOnlySpan<byte> arguments)
    {
        int count = 0;
        while (MarkerText.TryTakeArgument(ref arguments, out _, out _))
            count++;
        return count;
    }

    /// <summary>The value of the argument that a field names, still escaped; false when there is none.</summary>
    /// <param name="arguments">The arguments as they were written.</param>
    /// <param name="index">Which one, from 0; a negative one counts from the end. Null to look for the name.</param>
    /// <param name="wanted">Its name: of several the first counts.</param>
    /// <param name="value">The value.</param>
    public static bool TryGetArgument(ReadOnlySpan<byte> arguments, int? index, ReadOnlySpan<byte> wanted, out ReadOnlySpan<byte> value)
    {
        int at = index is { } asked ? asked < 0 ? asked + CountArguments(arguments) : asked : -1;
        for (int i = 0; MarkerText.TryTakeArgument(ref arguments, out ReadOnlySpan<byte> name, out value); i++)
        {
            if (index is null ? Is(name, wanted) : i == at)
                return true;
        }

        return false;
    }

    /// <summary>Appends all arguments, unescaped, joined with commas.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="arguments">The arguments as they were written.</param>
    /// <param name="equals">What stands between a name and its value.</param>
    public static void AppendArguments(TextBuffer text, ReadOnlySpan<byte> arguments, byte equals)
    {
        int start = text.Length;
        while (MarkerText.TryTakeArgument(ref arguments, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            if (text.Length > start)
                text.Append((byte)',');
            AppendUnescaped(text, name);
            text.Append(equals);
            AppendUnescaped(text, value);
        }
    }

    public static void AppendUnescaped(TextBuffer text, ReadOnlySpan<byte> escaped)
    {
        for (int at = escaped.IndexOf(Escape); at >= 0 && at + 1 < escaped.Length; at = escaped.IndexOf(Escape))
        {
            text.Append(escaped[..at]);
            text.Append(escaped[at + 1]);
            escaped = escaped[(at + 2)..];
        }

        text.Append(escaped);
    }

    private static bool Is(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> wanted)
    {
        int at = 0;
        for (int i = 0; i < escaped.Length; i++, at++)
        {
            if (escaped[i] == Escape && i + 1 < escaped.Length)
                i++;
            if (at == wanted.Length || escaped[i] != wanted[at])
                return false;
        }

        return at == wanted.Length;
    }
}
