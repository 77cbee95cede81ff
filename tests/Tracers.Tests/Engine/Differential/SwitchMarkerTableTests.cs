using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>sysdig does not know the switch marker: to its table of calls it is a write.</summary>
public sealed class SwitchMarkerTableTests
{
    [SkippableTheory]
    [InlineData(null, 5)]
    [InlineData("evt.dir=<", 2)]
    public void Topscalls_counts_it_as_a_write_and_no_other_marker(string? filter, long writes)
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Open(100, 9, "/dev/null")
            .Write(100, 3, ">:1:a::").Write(100, 9, "=:1:::").Read(100, 4, 1).Write(100, 9, "=:0:::").Write(100, 3, "<:1:a::").Write(100, 3, ">:2:a::").Write(100, 3, "<:2:a::");
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        Assert.Equal(writes, SysdigTable.Read(file.Path, "topscalls", null, filter).Single(static r => r.Key == "write").Value);

        CallAccounting accounting = new(new CallQuery { Keys = [IoKey.Syscall], Filter = filter is null ? null : Tracers.Engine.Filters.CaptureFilter.Parse(filter) });
        using CaptureFile read = new(file.Path, keepArguments: false, CancellationToken.None);
        read.MeasureCalls(accounting);
        Assert.Equal(writes, accounting.Rows.Single(static r => r.Keys[0] is "write").Totals.Events);
    }
}
