using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>Comma-separated values as RFC 4180 has them, in UTF-8, with a line of names.</summary>
/// <remarks>
/// Numbers are written as everywhere, times as integers of nanoseconds, nothing where there is no value. Texts are quoted and exactly what the
/// markers say: none is changed to keep a spreadsheet from taking it for a formula, because every other reader would then get another text.
/// Where a column has several texts they are JSON.
/// </remarks>
internal sealed class CsvSpans : SpanExport
{
    private const int PieceSize = 256 * 1024;

    private static readonly SearchValues<char> s_special = SearchValues.Create("\",\r\n");

    private readonly Stream _output;
    private readonly SpanColumn[] _columns;
    private readonly ArrayBufferWriter<byte> _piece = new(PieceSize);

    /// <param name="output">Where to.</param>
    /// <param name="withWork">Whether there are columns of what was done in the spans.</param>
    public CsvSpans(Stream output, bool withWork)
    {
        _output = output;
        _columns = withWork
            ? [.. SpanColumn.Described, .. SpanColumn.Inclusive, .. SpanColumn.Own.Select(static c => c with { Name = "Own" + c.Name })]
            : [.. SpanColumn.Described];
        Append(string.Join(',', _columns.Select(static c => c.Name)));
        EndLine();
    }

    public override void Complete()
    {
        _output.Write(_piece.WrittenSpan);
        _piece.ResetWrittenCount();
    }

    private protected override void Write(SpanRecord span, string path)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            if (i > 0)
                Append(",");
            Append(_columns[i].Value(span, path));
        }

        EndLine();
        if (_piece.WrittenCount >= PieceSize)
            Complete();
    }

    private void Append(SpanValue value)
    {
        switch (value.Kind)
        {
            case SpanValueKind.Number or SpanValueKind.Identifier:
                Append(value.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case SpanValueKind.Text:
                AppendText((string)value.Texts!);
                break;
            case SpanValueKind.List:
                AppendText(ToJson(json => json.WriteList((string[])value.Texts!)));
                break;
            case SpanValueKind.Pairs:
                AppendText(ToJson(json => json.WritePairs((KeyValuePair<string, string>[])value.Texts!)));
                break;
        }
    }

    private static string ToJson(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> text = new();
        using Utf8JsonWriter json = new(text, JsonOutput.Options);
        write(json);
        json.Flush();
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private void AppendText(string text)
    {
        // An empty text in quotes: nothing between two commas is no value.
        if (text.Length > 0 && !text.AsSpan().ContainsAny(s_special))
        {
            Append(text);
            return;
        }

        Append("\"");
        Append(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        Append("\"");
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _piece);

    private void EndLine() => _piece.Write("\r\n"u8);
}
