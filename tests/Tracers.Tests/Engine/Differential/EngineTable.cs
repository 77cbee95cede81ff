using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;

namespace Tracers.Tests.Engine.Differential;

/// <summary>The engine's table in the shape of sysdig's: rows with a key and a positive sum.</summary>
internal static class EngineTable
{
    public static List<KeyValuePair<string, long>> Read(string path, IoQuery query, Func<IoTotals, long> value)
    {
        IoAccounting accounting = new(query);
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        try
        {
            file.MeasureIo(accounting);
        }
        catch (ScapFormatException)
        {
            // sysdig, too, gives its table for what is whole.
        }

        return [.. accounting.Rows.Where(r => r.Keys[0] is not null && value(r.Totals) > 0)
            .Select(r => new KeyValuePair<string, long>(r.Keys[0]!.ToString()!, value(r.Totals)))];
    }

    /// <summary>The same without the calls that sysdig does not count, or not on both sides.</summary>
    /// <param name="path">The capture.</param>
    /// <param name="query">What is summed; its first key counts.</param>
    /// <param name="value">Which sum.</param>
    /// <param name="name">Makes sysdig's key of the engine's; null for one that has no row.</param>
    public static Dictionary<string, long> ReadWhatSysdigCounts(string path, IoQuery query, Func<IoTotals, long> value, Func<string?, string?> name) =>
        Named(ReadWhatSysdigCounts(path, [query])[0], value, name);

    /// <summary>The positive sums of rows by sysdig's keys; null is the key of a row that it does not have.</summary>
    public static Dictionary<string, long> Named(IReadOnlyList<IoRow> rows, Func<IoTotals, long> value, Func<string?, string?> name) =>
        rows.Select(r => KeyValuePair.Create(name(r.Keys[0]?.ToString()), value(r.Totals))).Where(static r => r.Key is not null && r.Value > 0)
            .GroupBy(static r => r.Key!).ToDictionary(static g => g.Key, static g => g.Sum(static r => r.Value));

    /// <summary>The rows of several queries without those calls, in one pass.</summary>
    public static List<IReadOnlyList<IoRow>> ReadWhatSysdigCounts(string path, IReadOnlyList<IoQuery> queries)
    {
        IoAccounting[] accountings = [.. queries.Select(static q => new IoAccounting(q))];
        using CapturePass pass = new(path, keepArguments: false, CancellationToken.None);
        foreach (IoAccounting accounting in accountings)
            accounting.Attach(pass);
        SysdigCallsSink sink = new(accountings);
        pass.Run(ref sink);
        return [.. accountings.Select(static a => a.Rows)];
    }
}
