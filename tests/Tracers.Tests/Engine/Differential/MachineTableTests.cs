using System.Globalization;
using System.Net;
using System.Text.Json;
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
    // Without an event that they are to wait for the chisels show the machine as it was when the capture began.
    private const string Beginning = "";

    // They take a filter of threads before one of events, and ask it for each descriptor: threads without any are not shown then.
    private const string AllThreads = "thread.tid>=0";

    // sysdig takes what the next fcntl of a thread returns for a duplicate too, and the children of that process have it from there.
    private const string NoDuplicate = "0       file        /usr/local/bin/httpd-foreground";

    // A datagram socket that talks to a second peer keeps the first one's address in sysdig.
    private static readonly string[] s_severalPeers =
        ["::1:38255->2001:4860:4860::8888:53", "0.0.0.0:0->10.185.46.64:0", "127.0.0.1:44524->10.185.46.64:0", "127.0.0.1:44524->127.0.1.1:0"];

    private static readonly (string Now, string First)[] s_metFirst =
        [("8082 ppid=5637 user=root ", "8082 ppid=5637 user=faraujo "), ("net=0 httpd -DFOREGROUND", "net=0 docker-runc init")];

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Threads_are_those_of_ps(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        foreach ((string number, TimeBound at) in Moments(path))
        {
            // Memory is the process's: what sysdig has of a thread was told at another time than that of the next one, or not at all.
            bool isBeginning = number == Beginning;
            IEnumerable<string> sysdig = Chisel(path, "ps", number).Select(line => isBeginning && Cut(line, 0, 8) == Cut(line, 8, 8) ? line : line[..28] + line[50..]);
            IEnumerable<string> engine = Processes(path, new ProcessQuery { At = at, Threads = true }).Where(row => isBeginning || row.OpenFds > 0).Select(row =>
                ChiselText.Column(row.Thread.Tid, 8) + ChiselText.Column(row.Thread.Pid, 8) + ChiselText.Column(ChiselText.User(row.User), 12)
                + (isBeginning && row.Thread.Tid == row.Thread.Pid ? ChiselText.Column(ChiselText.Bytes(row.VmSizeKb * 1024L), 11) + ChiselText.Column(ChiselText.Bytes(row.VmRssKb * 1024L), 11) : "")
                + ChiselText.Column((uint)row.FdLimit, 10) + (row.Thread.Name ?? "<NA>"));
            AssertSame(sysdig, engine, number);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Descriptors_are_those_of_lsof(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        foreach ((string number, TimeBound at) in Moments(path))
        {
            // The chisel repeats the descriptors of a process for each of its threads.
            IEnumerable<string> sysdig = Chisel(path, "lsof", number).Where(static line => Cut(line, 20, 8) == Cut(line, 28, 8)).Select(static line => line.TrimEnd())
                .Where(static line => !line.EndsWith(NoDuplicate, StringComparison.Ordinal) || Cut(line, 44, 8).Trim() != "0");
            IEnumerable<string> engine = Descriptors(path, new DescriptorQuery { At = at }).Where(static row => row.Owner.Tid == row.Owner.Pid).Select(static row =>
                (ChiselText.Column(row.Owner.Name, 20) + ChiselText.Column(row.Owner.Pid, 8) + ChiselText.Column(row.Owner.Tid, 8) + ChiselText.Column(ChiselText.User(row.User), 8)
                + ChiselText.Column(row.Fd!.Value, 8) + ChiselText.Column(row.Info.Kind.Name(), 12) + row.Name).TrimEnd());
            AssertSame(sysdig, engine, number);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Sockets_are_those_of_netstat(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        foreach ((string number, TimeBound at) in Moments(path))
        {
            IEnumerable<string> sysdig = Chisel(path, "netstat", number).Where(static line => line[71..].Split('/') is [var tid, var pid, ..] && tid == pid);
            IEnumerable<string> engine = Descriptors(path, new DescriptorQuery { At = at, Kinds = [FdKind.Ipv4, FdKind.Ipv6] })
                .Where(static row => row.Owner.Tid == row.Owner.Pid).Select(static row =>
                    ChiselText.Column(row.Info.Transport.ToString().ToLowerInvariant(), 6) + ChiselText.Column(EndText(row.Info.Tuple?.Destination ?? row.Info.Tuple?.Source), 25)
                    + ChiselText.Column(row.Info.Tuple is { Destination: null } ? "0.0.0.0:*" : EndText(row.Info.Tuple?.Source), 25)
                    + ChiselText.Column(row.Info.Tuple is { Destination: null } ? "LISTEN" : "ESTABLISHED", 15) + $"{row.Owner.Tid}/{row.Owner.Pid}/{row.Owner.Name ?? "<NA>"}");
            AssertSame(sysdig, engine, number);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Processes_of_the_whole_capture_are_those_of_csysdig(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        List<ProcessRow> rows = Processes(path, new ProcessQuery { IncludeExited = true });
        Dictionary<int, (long File, long Network)> others = OtherResults.Read(path);

        // The view keeps the user and the program that it met first.
        IEnumerable<string> engine = rows.Where(static row => row.Thread.Name is null || row.Thread.Details.Exe.Length > 0).Select(row =>
        {
            (long file, long network) = others.GetValueOrDefault(row.Thread.Pid);
            return $"{row.Thread.Pid} ppid={row.ParentPid} user={UserText(row.User)} file={row.Totals.FileBytes + file} net={row.Totals.NetworkBytes + network} "
                + (row.Thread.Name is null ? "<NA> " : $"{row.Thread.Details.Exe} {row.Thread.ArgumentText}");
        }).Select(line => s_metFirst.Aggregate(line, static (text, change) => text.Replace(change.Now, change.First, StringComparison.Ordinal)));

        // The row without a process is of the recorder's own events.
        List<(string Key, JsonElement[] Columns)> view = Csysdig.Read(path, "procs");
        AssertSame(view.Where(static row => row.Key != "-1").Select(static row => $"{row.Key} ppid={row.Columns[1]} user={row.Columns[3]} file={row.Columns[7]} net={row.Columns[8]} {row.Columns[9]}"), engine);

        // It shows how many threads there were at most, and not how many are left.
        Dictionary<int, long> most = view.ToDictionary(static row => int.Parse(row.Key, CultureInfo.InvariantCulture), static row => row.Columns[4].GetInt64());
        Assert.All(rows.Where(row => most.ContainsKey(row.Thread.Pid)), row => Assert.InRange(row.Threads, 1, most[row.Thread.Pid]));
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Files_of_the_whole_capture_are_those_of_csysdig(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        IEnumerable<string> sysdig = Csysdig.Read(path, "files").Select(static row =>
            $"{row.Key} in={row.Columns[0]} out={row.Columns[1]} calls={row.Columns[2]} errors={row.Columns[4]}");

        // A read that began before the capture: sysdig takes it for one of its uninitialized number 0.
        IEnumerable<string> engine = Activity(path, FdKind.File, FdKind.Directory).Where(static sum => sum.Name.Length > 0).Select(sum =>
            $"{SysdigTable.Printable(sum.Name)} in={sum.Totals.ReadBytes} out={sum.Totals.WriteBytes} "
            + $"calls={sum.Totals.Calls + (capture == "falco-run-as-user-0" && sum.Name == "/dev/pts/5" ? 1 : 0)} errors={sum.Totals.Errors}");
        AssertSame(sysdig, engine);
    }

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Connections_of_the_whole_capture_are_those_of_csysdig(string capture)
    {
        // Sockets that listen have no remote end, and the view leaves them out.
        string path = Repository.Shared($"captures/{capture}.scap");
        IEnumerable<string> sysdig = Csysdig.Read(path, "connections").Select(static row => $"{row.Key} in={row.Columns[5]} out={row.Columns[6]}");
        IEnumerable<string> engine = Activity(path, FdKind.Ipv4, FdKind.Ipv6).Where(static sum => sum.Name.Contains("->", StringComparison.Ordinal)).Select(static sum =>
            $"{sum.Name} in={sum.Totals.ReadBytes} out={sum.Totals.WriteBytes}");
        AssertSame(sysdig.Where(static line => !HasSeveralPeers(line)), engine.Where(static line => !HasSeveralPeers(line)));
    }

    // Behind an event in the middle and behind the last they show what they show of the beginning.
    private static IEnumerable<(string Number, TimeBound At)> Moments(string path)
    {
        yield return (Beginning, new TimeBound(TimeBoundKind.FirstEvent, 0));

        // It removes what a close or an end of a process takes away before the next event only.
        string[] events = Sysdig.Read(path, "-p", "%evt.num %evt.rawtime", "not evt.type in (close, procexit)").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string line in events.Length == 0 ? [] : (string[])[events[events.Length / 2], events[^1]])
        {
            string[] words = line.Split(' ');
            yield return (words[0], new TimeBound(TimeBoundKind.Epoch, long.Parse(words[1], CultureInfo.InvariantCulture) + 1));
        }
    }

    // Behind the header.
    private static IEnumerable<string> Chisel(string path, string chisel, string number) =>
        Sysdig.Read(path, number == Beginning ? ["-c", chisel] : ["-c", chisel, AllThreads, $"evt.num={number}"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

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

    private static bool HasSeveralPeers(string line) => s_severalPeers.Any(name => line.StartsWith(name + " ", StringComparison.Ordinal));

    // Without brackets around an IPv6 address.
    private static string EndText(IPEndPoint? end) => end is null ? "" : $"{end.Address}:{end.Port}";

    // A name that the recorder could not find is stored as the text for that.
    private static string UserText(string? user) => ChiselText.User(user) is { } name && name != "<NA>" ? name : "";

    private static string Cut(string line, int start, int length) => line.Substring(start, length);

    private static void AssertSame(IEnumerable<string> sysdig, IEnumerable<string> engine, string moment = "")
    {
        List<string> ours = [.. engine];
        List<string> theirs = [];
        foreach (string line in sysdig)
        {
            if (!ours.Remove(line))
                theirs.Add(line);
        }

        Assert.True(theirs.Count + ours.Count == 0, $"{moment}: only sysdig has {theirs.Count} rows, only the engine {ours.Count}:\n"
            + string.Join('\n', theirs.Order(StringComparer.Ordinal).Take(12).Select(static line => "< " + line).Concat(ours.Order(StringComparer.Ordinal).Take(12).Select(static line => "> " + line))));
    }
}
