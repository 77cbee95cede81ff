using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Tracers.Engine.Export.Spans;

/// <summary>Writes JSON value by value to a stream, and what stands between the values as it is given. Holds no more than a piece of it.</summary>
/// <param name="output">Where to.</param>
internal sealed class JsonOutput(Stream output)
{
    private const int PieceSize = 256 * 1024;

    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.Create(Settings()), SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _piece = new(PieceSize);

    /// <summary>Writes text of JSON as it is.</summary>
    public void Raw(ReadOnlySpan<byte> text) => _piece.Write(text);

    /// <summary>Writes a value.</summary>
    /// <param name="write">Writes it and nothing else.</param>
    public void Value(Action<Utf8JsonWriter> write)
    {
        using (Utf8JsonWriter json = new(_piece, Options))
            write(json);
        if (_piece.WrittenCount >= PieceSize)
            Flush();
    }

    /// <summary>Hands what has piled up to the stream.</summary>
    public void Flush()
    {
        output.Write(_piece.WrittenSpan);
        _piece.ResetWrittenCount();
    }

    // Letters of all languages as they are; what could end a script, and what could turn the direction of a text or is not seen, is escaped.
    private static TextEncoderSettings Settings()
    {
        TextEncoderSettings settings = new(UnicodeRanges.All);
        for (int c = 0; c <= char.MaxValue; c++)
        {
            if (char.GetUnicodeCategory((char)c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                settings.ForbidCharacter((char)c);
        }

        return settings;
    }
}
