using System.Globalization;
using System.Text.Json;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>How spans stand in JSON.</summary>
internal static class SpanJson
{
    /// <summary>The properties of a span as an object.</summary>
    public static void WriteSpan(this Utf8JsonWriter json, SpanRecord span, string path, bool withWork)
    {
        json.WriteStartObject();
        foreach (SpanColumn column in SpanColumn.Described)
            json.WriteProperty(column, span, path);
        if (withWork)
            json.WriteWork(span, path);
        json.WriteEndObject();
    }

    /// <summary>The properties of a span that have a value as an object, without its capture.</summary>
    public static void WriteKnown(this Utf8JsonWriter json, SpanRecord span, bool withWork)
    {
        json.WriteStartObject();
        json.WriteKnown(SpanColumn.Described, span);
        if (withWork && span.Work is not null)
        {
            json.WriteKnown(SpanColumn.Inclusive, span);
            json.WriteStartObject("Own");
            json.WriteKnown(SpanColumn.Own, span);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Texts as an array.</summary>
    public static void WriteList(this Utf8JsonWriter json, string[] list)
    {
        json.WriteStartArray();
        foreach (string text in list)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Names and values as an object; of a name that stands twice the last value counts.</summary>
    public static void WritePairs(this Utf8JsonWriter json, KeyValuePair<string, string>[] pairs)
    {
        Dictionary<string, string> last = new(pairs.Length, StringComparer.Ordinal);
        foreach ((string name, string value) in pairs)
            last[name] = value;
        json.WriteStartObject();
        foreach ((string name, string value) in last)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteKnown(this Utf8JsonWriter json, IReadOnlyList<SpanColumn> columns, SpanRecord span)
    {
        foreach (SpanColumn column in columns)
        {
            if (column.Value(span, null) is { HasValue: true } value)
                json.WriteProperty(column.Name, value);
        }
    }

    private static void WriteWork(this Utf8JsonWriter json, SpanRecord span, string path)
    {
        if (span.Work is null)
        {
            json.WriteNull("Own");
        }
        else
        {
            json.WriteStartObject("Own");
            foreach (SpanColumn column in SpanColumn.Own)
                json.WriteProperty(column, span, path);
            json.WriteEndObject();
        }

        foreach (SpanColumn column in SpanColumn.Inclusive)
            json.WriteProperty(column, span, path);
    }

    private static void WriteProperty(this Utf8JsonWriter json, SpanColumn column, SpanRecord span, string path) => json.WriteProperty(column.Name, column.Value(span, path));

    private static void WriteProperty(this Utf8JsonWriter json, string name, SpanValue value)
    {
        json.WritePropertyName(name);
        switch (value.Kind)
        {
            case SpanValueKind.Number:
                json.WriteNumberValue(value.Number);
                break;
            case SpanValueKind.Identifier:
                json.WriteStringValue(value.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case SpanValueKind.Text:
                json.WriteStringValue((string)value.Texts!);
                break;
            case SpanValueKind.List:
                json.WriteList((string[])value.Texts!);
                break;
            case SpanValueKind.Pairs:
                json.WritePairs((KeyValuePair<string, string>[])value.Texts!);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
