using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>An array of objects with the properties of the module's own, a line each.</summary>
/// <remarks>
/// Times are integers of nanoseconds, moments nanoseconds since the epoch: these are greater than what a double holds exactly, so that a
/// program in JavaScript reads them to some hundred nanoseconds. Ids are strings, because there one digit is the difference between two spans.
/// </remarks>
/// <param name="output">Where to.</param>
/// <param name="withWork">Whether what was done in the spans is written; null: of those that come with it.</param>
internal sealed class JsonSpans(Stream output, bool? withWork) : SpanExport
{
    private readonly JsonOutput _json = new(output);

    public override void Complete()
    {
        _json.Raw(Count == 0 ? "[]\n"u8 : "\n]\n"u8);
        _json.Flush();
    }

    private protected override void Write(SpanRecord span, string path)
    {
        _json.Raw(Count == 1 ? "[\n"u8 : ",\n"u8);
        _json.Value(json => json.WriteSpan(span, path, withWork ?? span.Work is not null));
    }
}
