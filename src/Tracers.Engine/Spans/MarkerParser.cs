using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Reads the marker syntax <c>dir:id:tags:args:</c>.</summary>
/// <remarks>
/// The rules are sysdig's, found by experiment, without its two slips: an id or a first tag may begin with the digit 0, and a bad
/// marker does not condemn the descriptor. Everything behind the closing colon is ignored, so <c>echo</c>'s newline does no harm.
/// </remarks>
internal static class MarkerParser
{
    /// <summary>Whether data that begins with this byte is worth parsing.</summary>
    public static bool CanBegin(byte first) => first is (byte)'>' or (byte)'<' or (byte)'=';

    /// <summary>Parses the data of a write to <c>/dev/null</c>.</summary>
    /// <param name="data">What was written, as far as it was captured.</param>
    /// <param name="writer">The writing thread, for the ids t, p and pp.</param>
    /// <param name="marker">The marker; its spans point into <paramref name="data"/>.</param>
    /// <returns>False when it is not a whole, valid marker.</returns>
    [MethodImpl(HotPath.Compile)]
    public static bool TryParse(ReadOnlySpan<byte> data, ThreadIdentity writer, out Marker marker)
    {
        marker = default;
        if (data.Length < 5 || data[1] != ':')
            return false;

        MarkerKind kind;
        switch (data[0])
        {
            case (byte)'>':
                kind = MarkerKind.Open;
                break;
            case (byte)'<':
                kind = MarkerKind.Close;
                break;
            case (byte)'=':
                kind = MarkerKind.Switch;
                break;
            default:
                return false;
        }

        ReadOnlySpan<byte> rest = data[2..];
        if (!TryParseId(ref rest, writer, out long id))
            return false;
        int tagsLength = TagsLength(rest);
        if (tagsLength < 0)
            return false;
        ReadOnlySpan<byte> tags = rest[..tagsLength];
        rest = rest[(tagsLength + 1)..];
        int argumentsLength = ArgumentsLength(rest);
        if (argumentsLength < 0)
            return false;

        marker = new Marker { Kind = kind, Id = id, Tags = tags, Arguments = rest[..argumentsLength] };
        return true;
    }

    /// <summary>The tags one by one, unescaped; empty ones are kept, an empty text has none.</summary>
    public static string[] SplitTags(ReadOnlySpan<byte> tags)
    {
        if (tags.IsEmpty)
            return [];

        List<string> found = [];
        ArrayBufferWriter<byte> tag = new();
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i] == '.')
            {
                found.Add(Encoding.UTF8.GetString(tag.WrittenSpan));
                tag.Clear();
                continue;
            }

            if (tags[i] == '\\' && i + 1 < tags.Length)
                i++;
            tag.Write(tags.Slice(i, 1));
        }

        found.Add(Encoding.UTF8.GetString(tag.WrittenSpan));
        return [.. found];
    }

    /// <summary>The arguments as pairs, unescaped, in the order of the marker; a name can stand twice.</summary>
    public static KeyValuePair<string, string>[] SplitArguments(ReadOnlySpan<byte> arguments)
    {
        if (arguments.IsEmpty)
            return [];

        List<KeyValuePair<string, string>> found = [];
        ArrayBufferWriter<byte> text = new();
        string? name = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            byte c = arguments[i];
            if (c == '=' && name is null)
            {
                name = Encoding.UTF8.GetString(text.WrittenSpan);
                text.Clear();
                continue;
            }

            if (c is (byte)',' or (byte)'=' && name is not null)
            {
                found.Add(new(name, Encoding.UTF8.GetString(text.WrittenSpan)));
                name = null;
                text.Clear();
                continue;
            }

            if (c == '\\' && i + 1 < arguments.Length)
                i++;
            text.Write(arguments.Slice(i, 1));
        }

        if (name is not null)
            found.Add(new(name, Encoding.UTF8.GetString(text.WrittenSpan)));
        return [.. found];
    }

    // Consumes "id:"; letters must be followed at once by the colon, digits wrap silently as sysdig's do.
    [MethodImpl(HotPath.Compile)]
    private static bool TryParseId(ref ReadOnlySpan<byte> rest, ThreadIdentity writer, out long id)
    {
        id = 0;
        int at = 0;
        bool negative = !rest.IsEmpty && rest[0] == '-';
        if (negative)
            at = 1;
        int digits = at;
        for (; at < rest.Length && rest[at] is >= (byte)'0' and <= (byte)'9'; at++)
            id = unchecked(id * 10 + (rest[at] - '0'));

        bool isNumber = at > digits;
        if (at == 0)
        {
            at = LettersOfId(rest, writer, out id);
            if (at < 0)
                return false;
        }
        else if (!isNumber)
        {
            return false;
        }

        if (at >= rest.Length || rest[at] != ':')
            return false;
        if (negative)
            id = unchecked(-id);
        rest = rest[(at + 1)..];
        return true;
    }

    // How many letters the id has: t, p, pp, g, or none; -1 for any other.
    private static int LettersOfId(ReadOnlySpan<byte> rest, ThreadIdentity writer, out long id)
    {
        id = 0;
        switch (rest)
        {
            case [(byte)':', ..]:
                return 0;
            case [(byte)'t', ..]:
                id = writer.Tid;
                return 1;
            case [(byte)'p', (byte)'p', ..]:
                id = writer.ParentTid;
                return 2;
            case [(byte)'p', ..]:
                id = writer.Pid;
                return 1;
            case [(byte)'g', ..]:
                return 1;
            default:
                return -1;
        }
    }

    // Bytes of the tags before their closing colon, -1 when they are invalid or not closed. A plain loop: tags are some 20 bytes,
    // and a vectorised search would have to be compiled in every process that reads a capture.
    [MethodImpl(HotPath.Compile)]
    private static int TagsLength(ReadOnlySpan<byte> rest)
    {
        for (int at = 0; at < rest.Length; at++)
        {
            switch (rest[at])
            {
                case (byte)':':
                    return at;
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'>' or (byte)'<' or (byte)'=' or (byte)'\n':
                    return -1;
            }
        }

        return -1;
    }

    // The same for arguments. In a name '=' ends it and <, > and newline are invalid; in a value ',' begins the next pair, ':' ends
    // the marker, and '=' ends the value too and begins the next pair's name.
    [MethodImpl(HotPath.Compile)]
    private static int ArgumentsLength(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty && rest[0] == ':')
            return 0;

        bool inName = true;
        for (int at = 0; at < rest.Length; at++)
        {
            byte c = rest[at];
            if (c == '\\')
            {
                at++;
            }
            else if (inName)
            {
                if (c is (byte)'<' or (byte)'>' or (byte)'\n')
                    return -1;
                inName = c != '=';
            }
            else if (c == ':')
            {
                return at;
            }
            else
            {
                inName = c is (byte)',' or (byte)'=';
            }
        }

        return -1;
    }
}
