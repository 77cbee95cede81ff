namespace Tracers.Engine.Events;

/// <summary>One parameter of an event type, as the table declares it.</summary>
/// <param name="Name">The name that <c>evt.arg.NAME</c> uses.</param>
/// <param name="Type">How its bytes are read.</param>
/// <param name="Format">How a number is shown.</param>
/// <param name="Table">Name of the flag list or the list of sub-types; for a relative path the index of the directory's parameter; empty for none.</param>
internal sealed record ParameterInfo(string Name, ParameterType Type, NumberFormat Format, string Table)
{
    /// <summary>Reads a declaration of events.txt: <c>name:TYPE[:FORMAT[:table]]</c>.</summary>
    public static ParameterInfo Parse(string text)
    {
        string[] parts = text.Split(':');
        ParameterType type = parts[1] switch
        {
            "CHARBUF_PAIR_ARRAY" => ParameterType.CharBufPairArray,
            { } word => Enum.Parse<ParameterType>(word, ignoreCase: true),
        };
        NumberFormat format = (parts.Length > 2 ? parts[2] : "") switch
        {
            "HEX" => NumberFormat.Hex,
            "OCT" => NumberFormat.Octal,
            "" => NumberFormat.Decimal,
            { } word => throw new InvalidOperationException($"events.txt: unknown format '{word}'"),
        };
        return new ParameterInfo(parts[0], type, format, parts.Length > 3 ? parts[3] : "");
    }
}
