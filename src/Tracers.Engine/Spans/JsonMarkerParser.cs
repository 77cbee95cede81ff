using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Reads the other marker syntax: <c>["dir", id, ["tag", ...], [{"name":"value"}, ...]]</c>.</summary>
/// <remarks>
/// It looks like JSON and is what sysdig takes for it: a direction that does not begin with &gt; ends a span, a backslash keeps a quote
/// from ending a string and stays in the text, there are no other escapes, each argument is an object of its own, and brackets and
/// commas between the parts are taken loosely. Other than in sysdig the id must be a number or one of the letters. The marker that
/// comes out is spelled like a simple one, so that both kinds pair.
/// </remarks>
internal sealed class JsonMarkerParser
{
    private GrowingBytes _tags;
    private GrowingBytes _arguments;

    /// <summary>Whether a text that begins with this byte may be in this syntax.</summary>
    public static bool CanBegin(byte first) => first is (byte)'[' or (byte)' ';

    /// <summary>Whether a text was meant to be such a marker: a log line may begin with a bracket too.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> data) => data.TrimStart((byte)' ').StartsWith("[\""u8);

    /// <summary>Parses the data of a write to <c>/dev/null</c>.</summary>
    /// <param name="data">What was written, as far as it was captured.</param>
    /// <param name="writer">The writing thread, for the ids t, p and pp.</param>
    /// <param name="marker">The marker, when it is one; it is valid until the next call.</param>
    public MarkerParse Parse(ReadOnlySpan<byte> data, ThreadIdentity writer, out Marker marker)
    {
        JsonMarkerReader reader = new(data);
        _tags.Clear();
        _arguments.Clear();
        marker = default;

        if (!reader.TryBegin()
            || !reader.TryString(out ReadOnlySpan<byte> direction)
            || !reader.TrySkipCommas(least: 1)
            || !reader.TryId(writer, out long id)
            || !TryTags(ref reader)
            || !TryArguments(ref reader)
            || !reader.TryEnd())
        {
            return reader.Failure;
        }

        marker = new Marker
        {
            Kind = direction.StartsWith(">"u8) ? MarkerKind.Open : MarkerKind.Close,
            Id = id,
            Tags = _tags.Span,
            Arguments = _arguments.Span,
        };
        return MarkerParse.Ok;
    }

    private bool TryTags(ref JsonMarkerReader reader)
    {
        if (!reader.TrySkipOne((byte)'[') || !reader.TryStringOrOther(out ReadOnlySpan<byte> tag, out bool any))
            return false;
        if (!any)
            return true;

        int count = 0;
        while (true)
        {
            if (count++ > 0)
                _tags.Add((byte)'.');
            AddEscaped(ref _tags, tag, (byte)'.', (byte)'\\');
            if (!reader.TrySkipCommas(least: 0))
                return false;
            if (reader.Peek == ']')
                break;
            if (!reader.TryString(out tag))
                return false;
        }

        if (_tags.Span.IsEmpty)
            _tags.Add(MarkerText.EmptyTag[0]);
        return true;
    }

    private bool TryArguments(ref JsonMarkerReader reader)
    {
        if (!reader.TrySkipToArguments() || !reader.TryStringOrOther(out ReadOnlySpan<byte> name, out bool any))
            return false;

        while (any)
        {
            if (!reader.TrySkipOne((byte)':') || !reader.TryString(out ReadOnlySpan<byte> value))
                return false;
            if (!_arguments.Span.IsEmpty)
                _arguments.Add((byte)',');
            AddEscaped(ref _arguments, name, (byte)'=', (byte)'\\');
            _arguments.Add((byte)'=');
            AddEscaped(ref _arguments, value, (byte)'=', (byte)',', (byte)'\\');
            if (!reader.TrySkipBetweenArguments())
                return false;
            if (reader.TrySkip((byte)']'))
                break;
            if (!reader.TryString(out name))
                return false;
        }

        return true;
    }

    private static void AddEscaped(ref GrowingBytes to, ReadOnlySpan<byte> text, params ReadOnlySpan<byte> special)
    {
        int plain;
        while ((plain = text.IndexOfAny(special)) >= 0)
        {
            to.Add(text[..plain]);
            to.Add([(byte)'\\', text[plain]]);
            text = text[(plain + 1)..];
        }

        to.Add(text);
    }
}
