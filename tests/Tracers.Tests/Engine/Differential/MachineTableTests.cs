using System.Net;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Processes, descriptors and sockets are those of the chisels ps, lsof and netstat, and of csysdig's views.</summary>
public class MachineTableTests
{
    // The chisels show the machine at the first event.
    private static readonly TimeBound s_beginning = new(TimeBoundKind.FirstEvent, 0);

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Threads_at_the_beginning_are_those_of_ps(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");

        // Memory is the process's: what sysdig has of a thread was read a moment later than that of another.
        IEnumerable<string> sysdig = Lines(Sysdig.Read(path, "-c", "ps")).Select(static line => Cut(line, 0, 8) == Cut(line, 8, 8) ? line : line[..28] + line[50..]);
        IEnumerable<string> engine = Processes(path, new ProcessQuery { At = s_beginning, Threads = true }).Select(static row =>
            ChiselText.Column(row.Thread.Tid, 8) + ChiselText.Column(row.Thread.Pid, 8) + ChiselText.Column(ChiselText.User(row.User), 12)
            + (row.Thread.Tid != row.Thread.Pid ? "" : ChiselText.Column(ChiselText.Bytes(row.VmSizeKb * 1024L), 11) + ChiselText.Column(ChiselText.Bytes(row.VmRssKb * 1024L), 11))
            + ChiselText.Column((uint)row.FdLimit, 10) + (row.Thread.Name ?? "<NA>"));
        AssertSame(sysdig, engine);
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Descriptors_at_the_beginning_are_those_of_lsof(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");

        // The chisel repeats the descriptors of a process for each of its threads.
        IEnumerable<string> sysdig = Lines(Sysdig.Read(path, "-c", "lsof")).Where(static line => Cut(line, 20, 8) == Cut(line, 28, 8)).Select(static line => line.TrimEnd());
        IEnumerable<string> engine = Descriptors(path, new DescriptorQuery { At = s_beginning }).Where(static row => row.Owner.Tid == row.Owner.Pid).Select(static row =>
            (ChiselText.Column(row.Owner.Name, 20) + ChiselText.Column(row.Owner.Pid, 8) + ChiselText.Column(row.Owner.Tid, 8) + ChiselText.Column(ChiselText.User(row.User), 8)
            + ChiselText.Column(row.Fd!.Value, 8) + ChiselText.Column(row.Info.Kind.Name(), 12) + row.Name).TrimEnd());
        AssertSame(sysdig, engine);
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Sockets_at_the_beginning_are_those_of_netstat(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        IEnumerable<string> sysdig = Lines(Sysdig.Read(path, "-c", "netstat")).Where(static line => line[71..].Split('/') is [var tid, var pid, ..] && tid == pid);
        IEnumerable<string> engine = Descriptors(path, new DescriptorQuery { At = s_beginning, Kinds = [FdKind.Ipv4, FdKind.Ipv6] })
            .Where(static row => row.Owner.Tid == row.Owner.Pid).Select(static row =>
                ChiselText.Column(row.Info.Transport.ToString().ToLowerInvariant(), 6) + ChiselText.Column(EndText(row.Info.Tuple!.Destination ?? row.Info.Tuple.Source), 25)
                + ChiselText.Column(row.Info.Tuple.Destination is null ? "0.0.0.0:*" : EndText(row.Info.Tuple.Source), 25)
                + ChiselText.Column(row.Info.Tuple.Destination is null ? "LISTEN" : "ESTABLISHED", 15) + $"{row.Owner.Tid}/{row.Owner.Pid}/{row.Owner.Name}");
        AssertSame(sysdig, engine);
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Processes_of_the_whole_capture_are_those_of_csysdig(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        IEnumerable<string> sysdig = Csysdig.Read(path, "procs").Select(static row =>
            $"{row.Key} ppid={row.Columns[1]} user={row.Columns[3]} threads={row.Columns[4]} file={row.Columns[7]} net={row.Columns[8]} {row.Columns[9]}");
        IEnumerable<string> engine = Processes(path, new ProcessQuery { IncludeExited = true }).Where(static row => row.Thread.Details.Exe.Length > 0).Select(static row =>
            $"{row.Thread.Pid} ppid={row.ParentPid} user={ChiselText.User(row.User)} threads={row.Threads} file={row.Totals.FileBytes} net={row.Totals.NetworkBytes} {row.Thread.Details.Exe} {row.Thread.ArgumentText}");
        AssertSame(sysdig, engine);
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Files_of_the_whole_capture_are_those_of_csysdig(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        IEnumerable<string> sysdig = Csysdig.Read(path, "files").Select(static row =>
            $"{row.Key} in={row.Columns[0]} out={row.Columns[1]} calls={row.Columns[2]} errors={row.Columns[4]}");
        AssertSame(sysdig, Activity(path, FdKind.File, FdKind.Directory).Where(static sum => sum.Name.Length > 0).Select(static sum =>
            $"{SysdigTable.Printable(sum.Name)} in={sum.Totals.ReadBytes} out={sum.Totals.WriteBytes} calls={sum.Totals.Calls} errors={sum.Totals.Errors}"));
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Connections_of_the_whole_capture_are_those_of_csysdig(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        IEnumerable<string> sysdig = Csysdig.Read(path, "connections").Select(static row => $"{row.Key} in={row.Columns[5]} out={row.Columns[6]}");
        AssertSame(sysdig, Activity(path, FdKind.Ipv4, FdKind.Ipv6).Where(static sum => sum.Name.Length > 0).Select(static sum =>
            $"{sum.Name} in={sum.Totals.ReadBytes} out={sum.Totals.WriteBytes}"));
    }

    private static List<ProcessRow> Processes(string path, ProcessQuery query)
    {
        List<ProcessRow> rows = [];
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        file.ReadProcesses(query, rows.Add);
        return rows;
    }

    private static List<DescriptorRow> Descriptors(string path, DescriptorQuery query)
    {
        List<DescriptorRow> rows = [];
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        file.ReadDescriptors(query, rows.Add);
        return rows;
    }

    private static List<NameActivity> Activity(string path, params FdKind[] kinds)
    {
        List<NameActivity> sums = [];
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        file.ReadNameActivity(new DescriptorQuery { Kinds = kinds }, sums.Add);
        return sums;
    }

    // Behind the header.
    private static IEnumerable<string> Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    // Without brackets around an IPv6 address.
    private static string EndText(IPEndPoint end) => $"{end.Address}:{end.Port}";

    private static string Cut(string line, int start, int length) => line.Substring(start, length);

    private static void AssertSame(IEnumerable<string> sysdig, IEnumerable<string> engine)
    {
        List<string> ours = [.. engine];
        List<string> theirs = [];
        foreach (string line in sysdig)
        {
            if (!ours.Remove(line))
                theirs.Add(line);
        }

        Assert.True(theirs.Count + ours.Count == 0, $"only sysdig has {theirs.Count} rows, only the engine {ours.Count}:\n"
            + string.Join('\n', theirs.Order(StringComparer.Ordinal).Take(12).Select(static line => "< " + line).Concat(ours.Order(StringComparer.Ordinal).Take(12).Select(static line => "> " + line))));
    }
}
