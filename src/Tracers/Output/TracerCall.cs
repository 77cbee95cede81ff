using Tracers.Engine.Analysis;

namespace Tracers;

/// <summary>One row of a table of system calls. Its keys (Syscall, ErrorName, ...) are properties of the object that holds it.</summary>
public sealed class TracerCall
{
    private readonly CallTotals _totals;
    private readonly object?[] _keys;

    internal TracerCall(object?[] keys, CallTotals totals)
    {
        _totals = totals;
        _keys = keys;
    }

    /// <summary>Calls that returned.</summary>
    public long Calls => _totals.Calls;

    /// <summary>Of these, those that failed.</summary>
    public long Failed => _totals.Failed;

    /// <summary>Time in calls, as far as their beginning is in the capture.</summary>
    public Duration Time => Duration.FromNanoseconds(_totals.Time);

    /// <summary>Time in a call on average; null when the beginning of none is in the capture.</summary>
    public Duration? Average => _totals.Average is { } average ? Duration.FromNanoseconds(average) : null;

    /// <summary>Time in the longest call; null when the beginning of none is in the capture.</summary>
    public Duration? Maximum => _totals.Timed > 0 ? Duration.FromNanoseconds(_totals.Maximum) : null;

    /// <summary>Events of calls, those that enter one and those that leave one: what sysdig's <c>evt.count</c> counts.</summary>
    public long Events => _totals.Events;

    /// <summary>A property as the views show it: <c>Key</c>, the only key, or <c>Keys</c>, all keys joined.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        "Key" => Views.Key(_keys),
        "Keys" => Views.Keys(_keys),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };
}
