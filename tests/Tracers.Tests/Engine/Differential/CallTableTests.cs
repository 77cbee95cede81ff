using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>The tables of sysdig's chisels that count calls and sum their time.</summary>
public sealed class CallTableTests
{
    private const int Most = 30;
    private const string WithoutCalls = "falco-empty";

    // What sysdig's tables have beside calls: they count events of every kind.
    private static readonly string[] s_noCalls = ["tracer", "procexit", "switch", "signaldeliver", "drop", "container", "procinfo", "notification", "page_fault", "sysdigevent"];

    public static TheoryData<string> Captures =>
    [
        "tests/data/service.scap", "src/Tracers.Demo/demo.scap", "../shared/vectors/demo.scap",
        .. CaptureTableTests.Captures.Cast<object[]>().Select(static row => $"../shared/captures/{row[0]}.scap").Where(static path => !path.Contains(WithoutCalls, StringComparison.Ordinal)),
    ];

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Topscalls_counts_the_events(string capture) =>
        Compare(capture, "topscalls", null, IoKey.Syscall, static t => t.Events);

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Topscalls_counts_the_calls_with_a_filter(string capture) =>
        Compare(capture, "topscalls", "evt.dir=<", IoKey.Syscall, static t => t.Calls);

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Topscalls_time_is_the_time(string capture) =>
        Compare(capture, "topscalls_time", null, IoKey.Syscall, static t => t.Time);

    private static void Compare(string capture, string chisel, string? filter, RowKey key, Func<CallTotals, long> value)
    {
        string path = capture.StartsWith("../shared/", StringComparison.Ordinal) ? Repository.Shared(capture["../shared/".Length..]) : Repository.PathOf(capture);
        List<KeyValuePair<string, long>> sysdig = SysdigTable.Read(path, chisel, filter);
        Assert.NotEmpty(sysdig);
        bool isWhole = sysdig.Count < Most;
        sysdig.RemoveAll(static r => s_noCalls.Contains(r.Key));
        CallAccounting accounting = new(new CallQuery { Keys = [key], Filter = filter is null ? null : CaptureFilter.Parse(filter) });
        using (CaptureFile file = new(path, keepArguments: false, CancellationToken.None))
            file.MeasureCalls(accounting);
        List<KeyValuePair<string, long>> ours =
        [
            .. accounting.Rows.GroupBy(static r => UnnumberedCalls.NameInSysdig((string)r.Keys[0]!))
                .Select(g => KeyValuePair.Create(g.Key, g.Sum(r => value(r.Totals))))
                .Where(static r => r.Value > 0)
                .OrderByDescending(static r => r.Value),
        ];
        TableComparison.AssertSame(sysdig, ours, isWhole ? Most : sysdig.Count, capture);
    }
}
