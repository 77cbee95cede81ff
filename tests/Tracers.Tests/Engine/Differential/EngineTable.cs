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
}
