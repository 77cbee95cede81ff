using System.Text;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Some of the values that fields have in captures.</summary>
internal sealed class FieldSamples
{
    // Of each field in each capture: the first ones, which differ most since programs begin differently, and then every so many.
    private const int Most = 40;

    private readonly Dictionary<(string Capture, string Field), List<object>> _values = [];

    /// <summary>Reads a capture.</summary>
    public void Add(string capture, string path, IReadOnlyList<string> fields)
    {
        HashSet<object>[] seen = [.. fields.Select(static _ => new HashSet<object>())];
        FieldListing.Read(path, fields, (_, _, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                object? value = values[i] is byte[] bytes ? Printable(bytes) : values[i];
                if (value is not null && seen[i].Count < Most && seen[i].Add(value))
                    Of(capture, fields[i]).Add(value);
            }
        });
    }

    /// <summary>The values of a field.</summary>
    public List<object> Of(string capture, string field)
    {
        if (!_values.TryGetValue((capture, field), out List<object>? values))
            _values.Add((capture, field), values = []);
        return values;
    }

    // Of bytes the text that they begin with.
    private static string? Printable(byte[] bytes)
    {
        int length = 0;
        while (length < bytes.Length && length < 60 && bytes[length] is >= 0x20 and < 0x7f)
            length++;
        return length == 0 ? null : Encoding.ASCII.GetString(bytes, 0, length);
    }
}
