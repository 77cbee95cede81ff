using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Tracers.Engine.Events;

namespace Tracers.Engine.Spans;

/// <summary>Takes the tags and the arguments of a marker apart, and puts them together.</summary>
internal static class MarkerText
{
    /// <summary>The one list that has no text of its own: a single empty tag, which only JSON can write.</summary>
    public static ReadOnlySpan<byte> EmptyTag => "\\"u8;

    /// <summary>The tags one by one, unescaped; empty ones are kept, an empty text has none.</summary>
    public static string[] SplitTags(ReadOnlySpan<byte> tags) => Array.ConvertAll(SplitTagBytes(tags), Encoding.UTF8.GetString);

    /// <inheritdoc cref="SplitTags"/>
    public static byte[][] SplitTagBytes(ReadOnlySpan<byte> tags)
    {
        if (tags.IsEmpty)
            return [];

        List<byte[]> found = [];
        ArrayBufferWriter<byte> tag = new();
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i] == '.')
            {
                found.Add(tag.WrittenSpan.ToArray());
                tag.ResetWrittenCount();
                continue;
            }

            if (tags[i] == '\\' && ++i == tags.Length)
                break;
            tag.Write(tags.Slice(i, 1));
        }

        found.Add(tag.WrittenSpan.ToArray());
        return [.. found];
    }

    /// <summary>The arguments as pairs, unescaped, in the order of the marker; a name can stand twice.</summary>
    public static KeyValuePair<string, string>[] SplitArguments(ReadOnlySpan<byte> arguments)
    {
        List<KeyValuePair<string, string>> found = [];
        ArrayBufferWriter<byte> text = new();
        while (TryTakeArgument(ref arguments, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            found.Add(new(Unescape(name, text), Unescape(value, text)));
        return [.. found];
    }

    /// <summary>The last value of an argument, still escaped; false when there is none of the name.</summary>
    /// <param name="arguments">The arguments of a marker.</param>
    /// <param name="wanted">A name without escapes.</param>
    /// <param name="value">The value.</param>
    public static bool TryGetArgument(ReadOnlySpan<byte> arguments, ReadOnlySpan<byte> wanted, out ReadOnlySpan<byte> value)
    {
        value = default;
        bool found = false;
        while (TryTakeArgument(ref arguments, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> candidate))
        {
            if (!name.SequenceEqual(wanted))
                continue;
            value = candidate;
            found = true;
        }

        return found;
    }

    /// <summary>A tag, name or value without its escapes.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped) => Unescape(escaped, new ArrayBufferWriter<byte>());

    /// <summary>Appends the tags as the listing has them: unescaped, with dots between them.</summary>
    public static void AppendTags(TextBuffer text, ReadOnlySpan<byte> tags) => AppendUnescaped(text, tags, pairs: false);

    /// <summary>Appends the arguments as the listing has them: unescaped, a colon behind each name and commas between them.</summary>
    public static void AppendArguments(TextBuffer text, ReadOnlySpan<byte> arguments) => AppendUnescaped(text, arguments, pairs: true);

    /// <summary>Appends the pairs of <see cref="SplitArguments"/>: a colon behind each name and commas between them.</summary>
    public static void AppendPairs(TextBuffer text, ReadOnlySpan<byte> arguments)
    {
        for (int pair = 0; TryTakeArgument(ref arguments, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value); pair++)
        {
            if (pair > 0)
                text.Append((byte)',');
            AppendPart(text, name);
            text.Append((byte)':');
            AppendPart(text, value);
        }
    }

    // A text of its own is only made where the bytes are not the text.
    private static void AppendPart(TextBuffer text, ReadOnlySpan<byte> escaped)
    {
        if (escaped.Contains((byte)'\\') || !Utf8.IsValid(escaped))
            text.AppendText(Unescape(escaped));
        else
            text.AppendText(escaped);
    }

    // Of a marker in one piece; equals signs that are not escaped stand between names and values.
    private static void AppendUnescaped(TextBuffer text, ReadOnlySpan<byte> escaped, bool pairs)
    {
        while (!escaped.IsEmpty)
        {
            bool literal = escaped[0] == '\\';
            if (literal && escaped.Length == 1)
                return;
            if (pairs && !literal && escaped[0] == '=')
                text.Append((byte)':');
            else
                text.AppendText(escaped.Slice(literal ? 1 : 0, 1));
            escaped = escaped[(literal ? 2 : 1)..];
        }
    }

    /// <summary>A tag list in its shortest spelling: of all the backslashes only those before a dot or a backslash are left.</summary>
    public static byte[] ShortestTags(ReadOnlySpan<byte> tags)
    {
        ArrayBufferWriter<byte> shortest = new(tags.Length);
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i] == '\\' && i + 1 < tags.Length && tags[i + 1] is not ((byte)'.' or (byte)'\\'))
                continue;
            shortest.Write(tags.Slice(i, 1));
            if (tags[i] == '\\' && ++i < tags.Length)
                shortest.Write(tags.Slice(i, 1));
        }

        return shortest.WrittenSpan.ToArray();
    }

    /// <summary>Bytes of a tag list before its last dot; −1 when it has fewer than two tags.</summary>
    public static int LengthOfOuterTags(ReadOnlySpan<byte> tags)
    {
        int last = -1;
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i] == '.')
                last = i;
            else if (tags[i] == '\\')
                i++;
        }

        return last;
    }

    /// <summary>Takes the next pair, still escaped; false behind the last. In a valid marker every name has a value.</summary>
    public static bool TryTakeArgument(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        int length = EndOf(rest, inName: true);
        if (length >= rest.Length)
        {
            name = value = rest = default;
            return false;
        }

        name = rest[..length];
        rest = rest[(length + 1)..];
        length = EndOf(rest, inName: false);
        value = rest[..length];
        rest = length < rest.Length ? rest[(length + 1)..] : default;
        return true;
    }

    private static int EndOf(ReadOnlySpan<byte> text, bool inName)
    {
        int at = 0;
        while (at < text.Length && text[at] != '=' && (inName || text[at] != ','))
            at += text[at] == '\\' ? 2 : 1;
        return Math.Min(at, text.Length);
    }

    private static string Unescape(ReadOnlySpan<byte> escaped, ArrayBufferWriter<byte> text)
    {
        if (!escaped.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(escaped);
        text.ResetWrittenCount();
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '\\' && i + 1 < escaped.Length)
                i++;
            text.Write(escaped.Slice(i, 1));
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
