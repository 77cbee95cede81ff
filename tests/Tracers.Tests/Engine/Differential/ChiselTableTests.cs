using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Real captures give the tables of sysdig's chisels by any field, with any filter.</summary>
public sealed class ChiselTableTests
{
    // Every capture is asked a third of the filters, and with each of them half of the keys: all keys with half of those filters.
    private const int Shares = 3;
    private const int KeyShares = 2;

    private const int MostBytes = 30;
    private const int MostTimes = 10;
    private const int MostFiles = 10;
    private const int MostProcesses = 100;

    // sysdig forgets what a call does to descriptors whose beginning a filter refuses: beginnings are accepted, which are neither bytes nor time.
    private const string OrBegins = "evt.dir=> or";

    // What sysdig counts: it takes no descriptor 0 and none without a name; and reads and writes alone, as this project does.
    private const string Counted = "evt.is_io=true and evt.dir=< and fd.num>0 and fd.name!=\"\"";

    // Threads that the capture says nothing of are in no container for sysdig.
    private const string ContainerKey = "container.id";
    private const string NoContainer = "host";

    private static readonly string[] s_keys =
    [
        "fd.name", "fd.type", "fd.directory", "fd.sport", "fd.l4proto", "proc.name", "proc.pid", "thread.tid", "user.name", ContainerKey, "evt.type", "evt.io_dir",
    ];

    private static readonly string[] s_filters =
    [
        "fd.type=file", "fd.type in (ipv4, ipv6, unix)", "not fd.type=file", "evt.failed=false", "evt.is_io_read=true", "evt.rawres>=64", "evt.latency>20000",
        "fd.num>2 and fd.num<10", "fd.name contains lib or fd.name contains dev", "thread.ismain=true", "evt.type in (read, write, pread)", "evt.cpu=0 or evt.cpu=2",
    ];

    public static TheoryData<string> Filters => [.. s_filters];

    public static TheoryData<string> Captures => CaptureTableTests.Captures;

    [SkippableTheory]
    [MemberData(nameof(Filters))]
    public void Bytes_and_time_by_a_field_with_a_filter_are_sysdigs(string filter)
    {
        List<string> differences = [];
        string[] keys = KeysFor(filter);
        int rows = 0;
        foreach (string capture in CapturesFor(filter))
        {
            string path = Repository.Shared($"captures/{capture}.scap");
            string asked = IntendedEvent.LeftOut(capture, $"{OrBegins} ({filter})");
            List<List<KeyValuePair<string, long>>> sysdig = SysdigTable.ReadSeveral(path, asked, [.. keys.SelectMany(static k => (string[][])[["fdbytes_by", k], ["fdtime_by", k]])]);
            List<IReadOnlyList<IoRow>> engine = EngineTable.ReadWhatSysdigCounts(path, [.. keys.Select(k => Query(asked, k))]);
            for (int i = 0; i < keys.Length; i++)
            {
                rows += sysdig[2 * i].Count;
                Compare(differences, $"{capture} fdbytes_by {keys[i]} {filter}", sysdig[2 * i], engine[i], static t => t.Bytes, MostBytes);
                Compare(differences, $"{capture} fdtime_by {keys[i]} {filter}", sysdig[(2 * i) + 1], engine[i], static t => t.Time, MostTimes);
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
        Assert.True(rows > keys.Length, "The filter selects little.");
    }

    [SkippableTheory]
    [MemberData(nameof(Filters))]
    public void Descriptors_by_a_field_with_a_filter_are_sysdigs(string filter)
    {
        List<string> differences = [];
        string[] keys = KeysFor(filter);
        int rows = 0;
        foreach (string capture in CapturesFor(filter))
        {
            string path = Repository.Shared($"captures/{capture}.scap");
            string counted = IntendedEvent.LeftOut(capture, $"{Counted} and ({filter})");
            List<IReadOnlyList<IoRow>> engine = EngineTable.ReadWhatSysdigCounts(path, [.. keys.Select(k => Query(counted, k))]);
            List<List<KeyValuePair<string, long>>> sysdig = SysdigTable.ReadCounts(path, counted, keys);
            for (int i = 0; i < keys.Length; i++)
            {
                rows += sysdig[i].Count;
                Compare(differences, $"{capture} fdcount_by {keys[i]} {counted}", sysdig[i], engine[i], static t => t.Fds, int.MaxValue);
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
        Assert.True(rows > keys.Length, "The filter selects little.");
    }

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void The_largest_files_and_the_processes_with_most_traffic_are_sysdigs(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        string asked = IntendedEvent.LeftOut(capture, "evt.num>0");
        List<List<KeyValuePair<string, long>>> sysdig = SysdigTable.ReadSeveral(path, asked, ["topfiles_bytes"], ["topprocs_net"]);
        List<IReadOnlyList<IoRow>> engine = EngineTable.ReadWhatSysdigCounts(
            path, [Query($"({asked}) and fd.type=file", "fd.name"), Query($"({asked}) and (fd.type=ipv4 or fd.type=ipv6)", "proc.name", "proc.pid")]);
        List<string> differences = [];
        Compare(differences, "topfiles_bytes", sysdig[0], engine[0], static t => t.Bytes, MostFiles);
        Compare(differences, "topprocs_net", sysdig[1], engine[1], static t => t.Bytes, MostProcesses);
        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Slow_reads_and_writes_of_files_are_sysdigs(string capture)
    {
        const int Head = 2;
        string path = Repository.Shared($"captures/{capture}.scap");
        EventQuery query = new() { Filter = CaptureFilter.Parse("evt.is_io=true and fd.type=file and evt.dir=< and evt.latency>0 and not fd.name startswith /dev/") };
        FieldReader[] fields = [.. ((string[])["evt.rawtime", "proc.name", "evt.type", "evt.latency", "fd.name"]).Select(static f => FieldCatalogue.ReaderOf(f))];
        List<string> engine = [];
        using (CaptureFile file = new(path, keepArguments: false, CancellationToken.None))
            file.ReadFields(query, fields, values => engine.Add(SlowLine(values)));
        Assert.Equal(Sysdig.Run(path, "-c", "fileslower", "0 disable_color").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(Head), engine);
    }

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Errors_are_csysdigs(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        CallAccounting accounting = new(new CallQuery { Keys = [IoKey.ErrorName], Filter = CaptureFilter.Parse("evt.failed=true") });
        using (CaptureFile file = new(path, keepArguments: false, CancellationToken.None))
            file.MeasureCalls(accounting);
        Assert.Equal(
            Csysdig.Read(path, "errors").Select(static r => $"{r.Key} {r.Columns[0].GetInt64()}").Order(StringComparer.Ordinal),
            accounting.Rows.Select(static r => $"{r.Keys[0]} {r.Totals.Failed}").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> CapturesFor(string filter)
    {
        int share = Array.IndexOf(s_filters, filter) % Shares;
        return Captures.Cast<object[]>().Select(static row => (string)row[0]).Where((_, i) => i % Shares == share);
    }

    private static string[] KeysFor(string filter)
    {
        int share = Array.IndexOf(s_filters, filter) / Shares % KeyShares;
        return [.. s_keys.Where((_, i) => i % KeyShares == share)];
    }

    private static IoQuery Query(string filter, params string[] keys) => new() { Keys = [.. keys.Select(static k => RowKey.Parse(k))], Filter = CaptureFilter.Parse(filter) };

    private static void Compare(List<string> differences, string what, List<KeyValuePair<string, long>> sysdig, IReadOnlyList<IoRow> rows, Func<IoTotals, long> value, int limit)
    {
        bool isOfContainer = what.Contains(ContainerKey, StringComparison.Ordinal);
        List<KeyValuePair<string, long>> engine =
        [
            .. rows.Where(r => isOfContainer || Array.TrueForAll(r.Keys, static k => k is not null))
                .GroupBy(static r => SysdigTable.Printable(string.Join(SysdigTable.Between, r.Keys.Select(static k => k ?? NoContainer))))
                .Select(g => KeyValuePair.Create(g.Key, g.Sum(r => value(r.Totals)))),
        ];
        bool isFull = sysdig.Count == limit;
        int known = sysdig.RemoveAll(static r => r.Value == 0 || r.Key.Split(SysdigTable.Between).Contains(SysdigValues.None));
        int cut = isFull ? limit - known : int.MaxValue;
        engine.RemoveAll(static r => r.Value == 0);
        if (Record.Exception(() => TableComparison.AssertSame(sysdig, engine, cut, what)) is { } difference)
            differences.Add(difference.Message);
    }

    // 2019-07-09 22:31:10.509 nginx        read                0 /etc/passwd
    private static string SlowLine(object?[] values)
    {
        string time = DateTime.UnixEpoch.AddTicks((long)values[0]! / 100).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string process = (string)values[1]!;
        long milliseconds = (long)values[3]! / 1_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{time} {process[..Math.Min(process.Length, 12)],-12} {values[2],-8} {milliseconds,12} {values[4]}");
    }
}
