using Tracers.Engine.Analysis;
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

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Bytes_by_name_of_the_descriptor_are_sysdigs(string capture) => CompareBytes(capture, "fd.name", IoKey.FdName);

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Bytes_by_type_of_the_descriptor_are_sysdigs(string capture) => CompareBytes(capture, "fd.type", IoKey.FdType);

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Bytes_by_name_of_the_process_are_sysdigs(string capture) => CompareBytes(capture, "proc.name", IoKey.ProcessName);

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Time_by_name_of_the_process_is_sysdigs(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        List<KeyValuePair<string, long>> sysdig = SysdigTable.Read(path, "fdtime_by", "proc.name");
        sysdig.RemoveAll(r => r.Key == "<NA>" || r.Value == 0);
        TableComparison.AssertSame(sysdig, EngineTable.Read(path, new IoQuery { Keys = [IoKey.ProcessName] }, t => t.Time), 10);
    }

    private static void CompareBytes(string capture, string key, IoKey ours)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        List<KeyValuePair<string, long>> sysdig = SysdigTable.Read(path, "fdbytes_by", key);
        sysdig.RemoveAll(r => r.Key == "<NA>" && ours == IoKey.ProcessName);
        Dictionary<string, long> engine = EngineTable.Read(path, new IoQuery { Keys = [ours] }, t => t.Bytes).GroupBy(r => SysdigTable.Printable(r.Key))
            .ToDictionary(g => g.Key, g => g.Sum(r => r.Value));
        foreach (IntendedDifference difference in IntendedDifference.All.Where(d => d.Capture == capture && d.Key == key))
            engine[difference.Value] = engine.GetValueOrDefault(difference.Value) + difference.SysdigHasMore;
        TableComparison.AssertSame(sysdig, [.. engine], 30);
    }
}
