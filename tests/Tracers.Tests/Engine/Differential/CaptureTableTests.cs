using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Real captures give the same tables as sysdig.</summary>
public class CaptureTableTests
{
    public static TheoryData<string> Captures => [
        "falco-cat-write", "falco-connect-localhost", "falco-empty", "falco-open-multiple-files", "falco-ping-sendto", "falco-run-as-user-0",
        "falco-syscall", "libs-curl-google", "libs-ipv6-client", "libs-sample-2023", "libs-single-ipv6-conn", "sf-apache-mpm-event",
        "sf-files", "sf-filesat", "sf-nginx", "sf-objectstore-download", "sf-rename", "sf-setns", "sf-tcp-client-server"];

    private static readonly (string Field, IoKey Key)[] s_fields =
    [
        ("fd.name", IoKey.FdName), ("fd.type", IoKey.FdType), ("fd.directory", IoKey.FdDirectory), ("fd.sport", IoKey.Port), ("proc.name", IoKey.Process),
        ("proc.pid", IoKey.ProcessId), ("thread.tid", IoKey.ThreadId), ("user.name", IoKey.User), ("container.name", IoKey.Container), ("evt.type", IoKey.Syscall),
    ];

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Bytes_are_sysdigs(string capture) => Compare(capture, "fdbytes_by", static t => t.Bytes, 30);

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Time_is_sysdigs(string capture) => Compare(capture, "fdtime_by", static t => t.Time, 10);

    // sysdig counts the descriptors of all calls, the engine's rows those of reads and writes: here both count both.
    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Descriptors_are_sysdigs(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        foreach (bool onlyIo in (bool[])[true, false])
        {
            using CapturePass pass = new(path, keepArguments: false, CancellationToken.None);
            FdCountSink sink = new(onlyIo, static fd => fd.Kind.Name());
            pass.Run(ref sink);
            List<KeyValuePair<string, long>> sysdig = ReadCounts(path, onlyIo);
            TableComparison.AssertSame(sysdig, [.. sink.Rows.Select(r => KeyValuePair.Create(r.Key, r.Value + SysdigHasMore(capture, r.Key, onlyIo)))], int.MaxValue);
        }
    }

    // A datagram socket that talks to several peers keeps the first one's name in sysdig, or gets one that is mixed of both.
    private static int SysdigHasMore(string capture, string type, bool onlyIo) => (capture, type, onlyIo) switch
    {
        ("libs-ipv6-client", "ipv6", _) => -1,
        ("sf-setns", "ipv4", false) => 1,
        _ => 0,
    };

    private static List<KeyValuePair<string, long>> ReadCounts(string path, bool onlyIo)
    {
        string[] arguments = onlyIo ? ["-c", "fdcount_by", "fd.type", "evt.is_io=true"] : ["-c", "fdcount_by", "fd.type"];

        // At the end the chisel complains of a field that it did not ask for.
        return [.. Sysdig.Run(path, arguments).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'))
            .Select(static words => KeyValuePair.Create(words[0], long.Parse(words[1], CultureInfo.InvariantCulture)))];
    }

    private static void Compare(string capture, string chisel, Func<IoTotals, long> value, int limit)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        List<List<KeyValuePair<string, long>>> sysdig = SysdigTable.ReadSeveral(path, filter: null, [.. s_fields.Select(f => (string[])[chisel, f.Field])]);
        List<IReadOnlyList<IoRow>> ours = EngineTable.ReadWhatSysdigCounts(path, [.. s_fields.Select(static f => new IoQuery { Keys = [f.Key] })]);
        for (int i = 0; i < s_fields.Length; i++)
            Compare(capture, chisel, s_fields[i], sysdig[i], ours[i], value, limit);
    }

    private static void Compare(
        string capture, string chisel, (string Field, IoKey Key) by, List<KeyValuePair<string, long>> sysdig, IReadOnlyList<IoRow> rows, Func<IoTotals, long> value, int limit)
    {
        bool isFull = sysdig.Count == limit;
        int known = sysdig.Count;
        sysdig.RemoveAll(r => r.Key == UnknownInSysdig(by.Key));
        if (isFull)
            limit -= known - sysdig.Count;
        sysdig.RemoveAll(static r => r.Value == 0);

        Dictionary<string, long> engine = EngineTable.Named(rows, value, ours => ours switch
        {
            // Threads that the capture says nothing of are in no container for sysdig.
            null => by.Key == IoKey.Container ? "host" : null,
            _ when ours == UnknownInSysdig(by.Key) || HasNoName(by.Key, ours) => null,
            _ => SysdigTable.Printable(ours),
        });
        foreach (IntendedDifference difference in IntendedDifference.All.Where(d => d.Capture == capture && d.Chisel == chisel && d.Key == by.Field))
            engine[difference.Value] = engine.GetValueOrDefault(difference.Value) + difference.SysdigHasMore;
        TableComparison.AssertSame(sysdig, [.. engine.Where(static r => r.Value != 0)], limit, $"{chisel} {by.Field}");
    }

    // The row that sysdig adds what it does not know to: not all of what the engine does not know. The root directory's true row is lost with it.
    private static string? UnknownInSysdig(IoKey key) => key switch
    {
        IoKey.Process => "<NA>",
        IoKey.FdDirectory => "/",
        _ => null,
    };

    // The engine shows the id of a container and the number of a user then, and sysdig nothing.
    private static bool HasNoName(IoKey key, string text) => key switch
    {
        IoKey.Container => text.Length == 12 && text.All(char.IsAsciiHexDigit),
        IoKey.User => text.All(char.IsAsciiDigit),
        _ => false,
    };
}
