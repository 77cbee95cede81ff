using Tracers.Engine.Analysis;

namespace Tracers;

/// <summary>One row of an accounting of I/O. Its keys (SpanTag, FdName, ...) are properties of the object that holds it.</summary>
public sealed class TracerIO
{
    private readonly IoTotals _totals;
    private readonly object?[] _keys;

    internal TracerIO(object?[] keys, IoTotals totals)
    {
        _totals = totals;
        _keys = keys;
    }

    /// <summary>Calls of the read and write families that returned, failed ones included.</summary>
    public long Calls => _totals.Calls;

    /// <summary>Bytes read and written: what is read from a file and then written to a socket counts twice.</summary>
    public long Bytes => _totals.Bytes;

    /// <summary>Bytes read.</summary>
    public long ReadBytes => _totals.ReadBytes;

    /// <summary>Bytes written.</summary>
    public long WriteBytes => _totals.WriteBytes;

    /// <summary>Bytes read from and written to files.</summary>
    public long FileBytes => _totals.FileBytes;

    /// <summary>Bytes received and sent over IPv4 and IPv6.</summary>
    public long NetworkBytes => _totals.NetworkBytes;

    /// <summary>Calls that failed.</summary>
    public long Errors => _totals.Errors;

    /// <summary>Time inside these calls, as far as their beginning is in the capture.</summary>
    public Duration Time => Duration.FromNanoseconds(_totals.Time);

    /// <summary>Distinct descriptors, told apart by number and name.</summary>
    public int Fds => _totals.Fds;

    /// <summary>A property as the views show it: bytes in the unit that fits, <c>Key</c>, the only key, or <c>Keys</c>, all keys joined.</summary>
    /// <remarks>One method for all columns: a script block that calls it starts faster than one that calls a function on a property.</remarks>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(Bytes) => Views.Bytes(Bytes),
        nameof(ReadBytes) => Views.Bytes(ReadBytes),
        nameof(WriteBytes) => Views.Bytes(WriteBytes),
        nameof(FileBytes) => Views.Bytes(FileBytes),
        nameof(NetworkBytes) => Views.Bytes(NetworkBytes),
        "Key" => Views.Key(_keys),
        "Keys" => Views.Keys(_keys),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };
}
