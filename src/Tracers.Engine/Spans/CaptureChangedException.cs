namespace Tracers.Engine.Spans;

/// <summary>A capture does not hold the spans that were read from it before: it is another one by now.</summary>
/// <param name="message">Which span is missing.</param>
internal sealed class CaptureChangedException(string message) : Exception(message)
{
    /// <summary>A span is missing.</summary>
    public static CaptureChangedException Of(SpanIdentity span) => new($"span {span.Sequence}, '{span.Tags}' with the id {span.Id}, is not there any more");
}
