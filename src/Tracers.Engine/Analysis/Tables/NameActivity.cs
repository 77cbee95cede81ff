using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>What processes together did with the descriptors of one name.</summary>
/// <param name="Name">The name; empty for those without one.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Totals">The sums.</param>
/// <param name="Processes">How many processes did.</param>
internal sealed record NameActivity(string Name, FdKind Kind, DescriptorTotals Totals, int Processes)
{
    /// <summary>Sums up rows by name and kind, most calls first. Names that nothing was done with are left out.</summary>
    public static List<NameActivity> Of(IEnumerable<DescriptorRow> rows)
    {
        List<NameActivity> sums = [];
        foreach (IGrouping<(string Name, FdKind Kind), DescriptorRow> same in rows.Where(static r => r.Totals.Calls > 0).GroupBy(static r => (r.Name, r.Info.Kind)))
        {
            DescriptorTotals totals = default;
            foreach (DescriptorRow row in same)
                totals.Add(row.Totals);
            sums.Add(new NameActivity(same.Key.Name, same.Key.Kind, totals, same.Select(static r => r.Owner.Pid).Distinct().Count()));
        }

        return [.. sums.OrderByDescending(static s => s.Totals.Calls).ThenBy(static s => s.Name, StringComparer.Ordinal)];
    }
}
