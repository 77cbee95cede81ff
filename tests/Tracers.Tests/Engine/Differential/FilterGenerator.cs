using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tracers.Engine.Filters;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Makes filters of all fields with values that captures hold; the same ones for the same seed.</summary>
/// <param name="seed">What makes them these.</param>
/// <param name="samples">Values by capture and field.</param>
internal sealed class FilterGenerator(int seed, FieldSamples samples)
{
    // Of parameters and the like that are named behind a field's name, and are not in its example.
    private static readonly string[] s_further =
    [
        "evt.type.is.close", "evt.type.is.read", "evt.arg.fd", "evt.arg.res", "evt.arg.size", "evt.arg.data", "evt.arg.path", "evt.arg.flags", "evt.arg.tid", "evt.arg[0]", "evt.arg[1]", "evt.arg[2]",
        "evt.rawarg.fd", "evt.rawarg.res", "evt.rawarg.path",
    ];

    private static readonly string[] s_order = ["=", "!=", "<", "<=", ">", ">="];
    private static readonly string[] s_text = ["=", "!=", "contains", "icontains", "startswith", "endswith", "glob", "in", "pmatch", "exists", "<", ">="];
    private static readonly string[] s_names = ["=", "!=", "in"];
    private static readonly string[] s_buffer = ["contains", "startswith", "endswith", "=", "!="];
    private static readonly string[] s_equality = ["=", "!=", "in"];
    private static readonly int[] s_prefixes = [8, 16, 24, 32];
    private static readonly int[] s_milliseconds = [1, 10, 100, 1000];

    private readonly Random _random = new(seed);

    /// <summary>Every field once or more: alone, and with each argument that a capture may have something for.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        .. FieldCatalogue.All.SelectMany(static f => f.Argument is FieldArgument.None ? [f.Name] : f.Argument is FieldArgument.OptionalIndex ? (string[])[f.Name, FieldOf(f.Example)] : [FieldOf(f.Example)])
            .Concat(s_further).Distinct().Where(SysdigValues.IsComparable),
    ];

    /// <summary>A filter that begins with a comparison of a field in a capture; null where the capture has no value that a filter can be made of.</summary>
    public string? Next(string capture, string field)
    {
        string? first = Check(capture, field);
        string other = Fields[_random.Next(Fields.Count)];
        string? second = first is null ? null : Check(capture, other);
        if (second is null || IsRelative(field) || IsRelative(other))
            return first;
        return _random.Next(10) switch
        {
            0 => $"not {first}",
            1 => $"{first} and {second}",
            2 => $"{first} or {second}",
            3 => $"not ({first} or {second})",
            4 => $"{first} and not {second}",
            5 when Check(capture, field) is { } third => $"({first} or {second}) and {third}",
            _ => first,
        };
    }

    // In sysdig the event before is the one that the comparison looked at before: others beside it would change which that is.
    private static bool IsRelative(string field) => field.StartsWith("evt.deltatime", StringComparison.Ordinal);

    private string? Check(string capture, string field)
    {
        FieldReference reference = FieldCatalogue.Parse(field);
        if (field.StartsWith("evt.around", StringComparison.Ordinal))
            return samples.Of(capture, "evt.rawtime") is [_, ..] times ? $"evt.around[{Pick(times)}]={Pick(s_milliseconds)}" : null;
        if (samples.Of(capture, field) is not [_, ..] values)
            return null;
        return reference.Field.Compile(reference).Type switch
        {
            FieldType.Text => TextCheck(field, values),
            FieldType.Buffer => Text((string)Pick(values)) is { } text ? $"{field} {Pick(s_buffer)} {Quoted(Part(text))}" : null,
            FieldType.Boolean => $"{field}{Pick(s_equality[..2])}{(_random.Next(2) == 0 ? "true" : "false")}",
            FieldType.Address => AddressCheck(field, (IPAddress)Pick(values)),
            FieldType.Network => NetworkCheck(field, (IPAddress)Pick(values)),
            FieldType.Real => $"{field} {Pick(s_order)} {Number(Pick(values))}",
            _ => NumberCheck(field, values, reference.Field.FilterOnly || field.StartsWith("evt.type.is", StringComparison.Ordinal)),
        };
    }

    // sysdig cannot ask whether there is one of several values, and lists of numbers confuse its evt.type.is.
    private string NumberCheck(string field, IReadOnlyList<object> values, bool onlyOrder) => (onlyOrder ? 7 : _random.Next(8)) switch
    {
        0 => $"{field} in ({string.Join(", ", Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Number(Pick(values))))})",
        1 => $"{field} exists",
        _ => $"{field}{Pick(s_order)}{Number(Pick(values))}",
    };

    private string? TextCheck(string field, IReadOnlyList<object> values)
    {
        if (Text((string)Pick(values)) is not { } text)
            return null;
        string op = Pick(field == "evt.type" ? s_names : s_text);
        return op switch
        {
            "exists" => $"{field} exists",
            "in" => $"{field} in ({Quoted(text)}, {Quoted(Text((string)Pick(values)) ?? text)})",
            "pmatch" => $"{field} pmatch ({Quoted(text.LastIndexOf('/') is > 0 and var slash ? text[..slash] : text)})",
            "glob" => $"{field} glob {Quoted($"{text[..(text.Length / 2)]}*")}",
            "contains" => $"{field} contains {Quoted(Part(text))}",
            "icontains" => $"{field} icontains {Quoted(Part(text).ToUpperInvariant())}",
            "startswith" => $"{field} startswith {Quoted(text[..((text.Length + 1) / 2)])}",
            "endswith" => $"{field} endswith {Quoted(text[(text.Length / 2)..])}",
            _ => $"{field} {op} {Quoted(text)}",
        };
    }

    private string AddressCheck(string field, IPAddress address) => Pick(s_equality) switch
    {
        "in" => $"{field} in ({address})",
        { } op => $"{field}{op}{address}",
    };

    // sysdig reads lengths only of IPv4.
    private string? NetworkCheck(string field, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? $"{field}{Pick(s_equality[..2])}{address}/{Pick(s_prefixes)}" : null;

    private static string FieldOf(string example) => example.Split([' ', '=', '<', '>', '!'])[0];

    // What both languages write in the same way.
    private static string? Text(string text) => text.Length is > 0 and < 80 && text.All(static c => c is >= ' ' and < (char)0x7f and not ('"' or '\'' or '\\' or '*' or '?' or '[' or ']')) ? text : null;

    private static string Quoted(string text) => $"\"{text}\"";

    private static string Number(object value) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);

    private string Part(string text)
    {
        int start = _random.Next(text.Length);
        return text.Substring(start, _random.Next(1, Math.Min(text.Length - start, 12) + 1));
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
