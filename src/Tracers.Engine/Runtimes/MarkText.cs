using Tracers.Engine.Spans;
using Tracers.Marks;

namespace Tracers.Engine.Runtimes;

/// <summary>Spells the markers of spans that are made of what a runtime says. What a method gives is valid until the next is called.</summary>
internal sealed class MarkText
{
    private const string RouteTag = "http.route";

    private readonly MarkerBuffer _buffer = new();

    /// <summary>Spells a marker; empty for one that is not to be written: of a span whose beginning is not in the capture, or that does not fit.</summary>
    public ReadOnlySpan<byte> Of(RuntimeMark mark) => mark switch
    {
        { Kind: MarkerKind.Switch } => Switch(mark.Span),
        { Kind: MarkerKind.Open } => Open(mark.Span!),
        { Span.IsWritten: true } => Close(mark),
        _ => [],
    };

    /// <summary>Spells the beginning of what a connection does for a request; empty where the request's own tags do not fit.</summary>
    /// <param name="request">The request.</param>
    /// <param name="receives">Whether it receives, or sends.</param>
    public ReadOnlySpan<byte> BeginTransfer(RuntimeSpan request, bool receives)
    {
        if (TagsOf(request) is null)
            return [];
        WholeArguments arguments = BeginTransfer(MarkerBytes.Open, request, receives);
        if (request.Request!.IsShared)
            AddConnection(ref arguments, request.Request);
        else
            arguments.Add("parent", (ulong)request.Id);
        return End();
    }

    /// <summary>Spells its end.</summary>
    public ReadOnlySpan<byte> EndTransfer(RuntimeSpan request, bool receives)
    {
        BeginTransfer(MarkerBytes.Close, request, receives);
        return End();
    }

    private ReadOnlySpan<byte> Switch(RuntimeSpan? span)
    {
        // To one that is not in the capture readers could not switch.
        Begin(MarkerBytes.Switch, span is { IsWritten: true } ? span.Id : 0, []);
        return End();
    }

    private ReadOnlySpan<byte> Open(RuntimeSpan span)
    {
        if (TagsOf(span) is not { } tags)
            return [];
        WholeArguments arguments = Begin(MarkerBytes.Open, span.Id, tags);
        if (span.ParentId != 0)
            arguments.Add("parent", (ulong)span.ParentId);
        if (span.Parent is null)
            Add(ref arguments, "trace", span.TraceId);
        if (span.Request is { } request)
        {
            Add(ref arguments, "method", request.Method);
            Add(ref arguments, "path", request.Path);
            AddConnection(ref arguments, request);
        }

        foreach ((string name, string value) in span.Section?.Arguments ?? [])
            Add(ref arguments, name, value);
        span.IsWritten = true;
        return End();
    }

    private ReadOnlySpan<byte> Close(RuntimeMark mark)
    {
        WholeArguments arguments = Begin(MarkerBytes.Close, mark.Span!.Id, mark.Span.Tags);
        if (mark.Failed)
            arguments.Add("status", "error");
        foreach ((string name, string value) in mark.Arguments)
            Add(ref arguments, name, value);

        // .NET 10 leaves its tags out of the activities of requests, unless a switch says otherwise.
        if (mark.Span is { Request: { } request, Route: { } route } && !mark.Arguments.Any(static argument => argument.Key == RouteTag))
            Add(ref arguments, RouteTag, route.StartsWith($"{request.Method} ", StringComparison.Ordinal) ? route[(request.Method.Length + 1)..] : route);
        return End();
    }

    // Of whom it is when several requests share the connection nobody can say: then that is what it is called.
    private WholeArguments BeginTransfer(byte kind, RuntimeSpan request, bool receives) =>
        Begin(kind, request.Id, request.Request!.IsShared ? "Ambiguous"u8 : TagsOf(request), receives ? ".receive"u8 : ".send"u8);

    private static void AddConnection(ref WholeArguments arguments, RuntimeRequest request)
    {
        Add(ref arguments, "protocol", request.Protocol);
        if (request.LocalEnd.Length > 0 && request.RemoteEnd.Length > 0)
            arguments.Add("connection", $"{request.LocalEnd}-{request.RemoteEnd}");
    }

    // What is not known is not named.
    private static void Add(ref WholeArguments arguments, string name, string value)
    {
        if (value.Length > 0)
            arguments.Add(name, value);
    }

    private WholeArguments Begin(byte kind, long id, ReadOnlySpan<byte> tags, ReadOnlySpan<byte> lastTag = default)
    {
        _buffer.CutTo(0);
        _buffer.Append(kind);
        _buffer.Append(':');
        _buffer.Append(id);
        _buffer.Append(':');
        _buffer.Append(tags);
        _buffer.Append(lastTag);
        _buffer.Append(':');
        return new WholeArguments(_buffer);
    }

    private ReadOnlySpan<byte> End()
    {
        _buffer.Append(':');
        return _buffer.IsFull ? [] : _buffer.Bytes.AsSpan(0, _buffer.Length);
    }

    // As they are when they are first needed: a route that is found later does not change what is written already. Null where they do not fit.
    private byte[]? TagsOf(RuntimeSpan span)
    {
        if (span.Tags is not null || span.IsTooLong)
            return span.Tags;
        byte[]? outer = span.Parent is null ? [] : TagsOf(span.Parent);
        _buffer.CutTo(0);
        _buffer.AppendTags(outer, span.Route ?? span.Name, escapeDots: span.Section is null);

        // Something has to stand around them, and the arguments are worth as much.
        span.IsTooLong = outer is null || _buffer.IsFull || _buffer.Length > MarkerBuffer.Capacity / 2;
        return span.Tags = span.IsTooLong ? null : _buffer.Bytes.AsSpan(0, _buffer.Length).ToArray();
    }
}
