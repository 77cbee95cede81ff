using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Reads the marker syntax <c>dir:id:tags:args:</c>.</summary>
/// <remarks>
/// The rules are sysdig's, found by experiment, without two slips: an id or a first tag may begin with the digit 0, and nothing may
/// stand between the letter of an id and its colon. Everything behind the closing colon is ignored, so <c>echo</c>'s newline does no
/// harm. A NUL ends the text.
/// </remarks>
internal static partial class MarkerParser
{
    // Beside a length that was found.
    private const int NotValid = -1;
    private const int NotWhole = -2;

    /// <summary>Whether a text that begins with this byte is in this syntax.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CanBegin(byte first) => (uint)(first - '<') <= '>' - '<';

    /// <summary>Parses the data of a write to <c>/dev/null</c>, by <see cref="TryParsePlain"/> where that can.</summary>
    /// <param name="data">What was written, as far as it was captured; not empty, and <see cref="CanBegin"/> is true of it.</param>
    /// <param name="writer">The writing thread, for the ids t, p and pp.</param>
    /// <param name="marker">The marker, when it is one; its spans point into <paramref name="data"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MarkerParse Parse(ReadOnlySpan<byte> data, ThreadIdentity writer, out Marker marker) =>
        TryParsePlain(data, writer, out marker) ? MarkerParse.Ok : ParseAny(data, writer, out marker);

    /// <summary>The same byte for byte, for every text.</summary>
    public static MarkerParse ParseAny(ReadOnlySpan<byte> data, ThreadIdentity writer, out Marker marker)
    {
        marker = default;
        if (data.Length < 2 || data[1] != ':')
            return data.Length < 2 || data[1] == 0 ? MarkerParse.Incomplete : MarkerParse.Invalid;

        ReadOnlySpan<byte> rest = data[2..];
        int idLength = IdLength(rest, writer, out long id);
        if (idLength < 0)
            return Failure(idLength);
        rest = rest[(idLength + 1)..];
        int tagsLength = TagsLength(rest);
        if (tagsLength < 0)
            return Failure(tagsLength);
        ReadOnlySpan<byte> tags = rest[..tagsLength];
        rest = rest[(tagsLength + 1)..];
        int argumentsLength = ArgumentsLength(rest);
        if (argumentsLength < 0)
            return Failure(argumentsLength);

        marker = new Marker { Kind = KindOf(data[0]), Id = id, Tags = tags, Arguments = rest[..argumentsLength] };
        return MarkerParse.Ok;
    }

    /// <summary>An id that stands alone: the value of <c>parent=</c>. False when it is none.</summary>
    public static bool TryParseId(ReadOnlySpan<byte> text, ThreadIdentity writer, out long id)
    {
        Span<byte> closed = stackalloc byte[32];
        id = 0;
        if (text.IsEmpty || text.Length >= closed.Length)
            return false;
        text.CopyTo(closed);
        closed[text.Length] = (byte)':';
        return IdLength(closed[..(text.Length + 1)], writer, out id) == text.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static MarkerKind KindOf(byte first) => first switch
    {
        (byte)'>' => MarkerKind.Open,
        (byte)'<' => MarkerKind.Close,
        _ => MarkerKind.Switch,
    };

    private static MarkerParse Failure(int length) => length == NotWhole ? MarkerParse.Incomplete : MarkerParse.Invalid;

    // Bytes of the id before its colon. Letters must be followed at once by the colon, digits wrap silently as sysdig's do.
    [MethodImpl(HotPath.Compile)]
    private static int IdLength(ReadOnlySpan<byte> rest, ThreadIdentity writer, out long id)
    {
        id = 0;
        int at = 0;
        bool negative = !rest.IsEmpty && rest[0] == '-';
        if (negative)
            at = 1;
        for (; at < rest.Length && rest[at] is >= (byte)'0' and <= (byte)'9'; at++)
            id = unchecked(id * 10 + (rest[at] - '0'));
        if (negative)
            id = unchecked(-id);
        else if (at == 0)
            at = LettersOfId(rest, writer, out id);

        if (at >= rest.Length || rest[at] == 0)
            return NotWhole;
        return rest[at] == ':' ? at : NotValid;
    }

    // How many letters the id has: t, p, pp, g; none for any other.
    private static int LettersOfId(ReadOnlySpan<byte> rest, ThreadIdentity writer, out long id)
    {
        id = 0;
        switch (rest)
        {
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
                return 0;
        }
    }

    // Bytes of the tags before their closing colon. A plain loop: tags are some 20 bytes, and a vectorised search would have to be
    // compiled in every process that reads a capture.
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
                    if (at < rest.Length && rest[at] == 0)
                        return NotWhole;
                    break;
                case (byte)'>' or (byte)'<' or (byte)'=' or (byte)'\n':
                    return NotValid;
                case 0:
                    return NotWhole;
            }
        }

        return NotWhole;
    }

    // The same for arguments. In a name '=' ends it and <, > and newline are invalid; in a value ',' begins the next pair, ':' ends
    // the marker, and '=' ends the value too and begins the next pair's name. A text that ends in a name behind a ':' was meant to
    // end the marker there: a name without a value.
    private static int ArgumentsLength(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty && rest[0] == ':')
            return 0;

        bool inName = true;
        byte lastOfName = 0;
        for (int at = 0; at < rest.Length; at++)
        {
            byte c = rest[at];
            bool literal = c == '\\';
            if (literal)
            {
                at++;
                if (at == rest.Length)
                    break;
                c = rest[at];
            }

            if (c == 0)
                break;
            if (inName)
            {
                if (!literal && c is (byte)'<' or (byte)'>' or (byte)'\n')
                    return NotValid;
                lastOfName = c;
                inName = literal || c != '=';
            }
            else if (!literal)
            {
                if (c == ':')
                    return at;
                inName = c is (byte)',' or (byte)'=';
                lastOfName = 0;
            }
        }

        return inName && lastOfName == ':' ? NotValid : NotWhole;
    }
}
