using System.Text;

namespace Tracers.Engine.Events;

/// <summary>One parameter of an event type, as the table declares it.</summary>
/// <param name="Name">The name that <c>evt.arg.NAME</c> uses.</param>
/// <param name="Type">How its bytes are read.</param>
/// <param name="Format">How a number is shown.</param>
/// <param name="Table">Name of the flag list or the list of sub-types; for a relative path the index of the directory's parameter; empty for none.</param>
internal sealed record ParameterInfo(string Name, ParameterType Type, NumberFormat Format, string Table)
{
    private byte[]? _label;

    /// <summary><c>name=</c> as the listing shows it.</summary>
    public ReadOnlySpan<byte> Label => _label ??= Encoding.UTF8.GetBytes(Name + "=");

    /// <summary>Whether a declaration is that of a descriptor; without making a parameter of it.</summary>
    public static bool IsFd(string text) => text.EndsWith(":FD", StringComparison.Ordinal) || text.EndsWith(":FD32", StringComparison.Ordinal);

    /// <summary>Reads a declaration of events.txt: <c>name:TYPE[:FORMAT[:table]]</c>, <c>~</c> in a name being a blank.</summary>
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
        return new ParameterInfo(parts[0].Replace('~', ' '), type, format, parts.Length > 3 ? parts[3] : "");
    }
}
