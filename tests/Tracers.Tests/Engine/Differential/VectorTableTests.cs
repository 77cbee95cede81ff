using Tracers.Engine.Analysis;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>The small hand-made captures give the same tables as sysdig, except where they show what sysdig does wrong.</summary>
public class VectorTableTests
{
    private static readonly Dictionary<string, IoKey> s_keys = new()
    {
        ["fd.name"] = IoKey.FdName, ["fd.type"] = IoKey.FdType, ["proc.name"] = IoKey.ProcessName,
        ["evt.type"] = IoKey.Syscall, ["evtin.span.tags"] = IoKey.SpanTag,
    };

    [SkippableTheory]
    [InlineData("demo", "demo-gz", "nest", "inter", "unfin", "orphan", "xthread", "xthread2", "id64", "esc", "two")]
    [InlineData("thread", "fork", "net", "misc", "user", "v1", "unknown-before", "newevt", "twosections", "minimal")]
    [InlineData("stateonly", "filt", "flagged", "views", "minor9", "pool127", "pool128", "edge")]
    [InlineData("relopen", "render", "writev", "argname", "cont", "redump-in", "minimal-x", "unknown-mid", "malf12", "malf29", "malf31")]
    public void Tables_of_the_vectors_are_sysdigs(params string[] names)
    {
        List<string> differences = [];
        foreach (string name in names)
        {
            string path = Repository.Shared($"vectors/{name}.scap");
            List<List<KeyValuePair<string, long>>> tables = SysdigTable.ReadSeveral(path, filter: null, [.. s_keys.Keys.Select(static key => (string[])["fdbytes_by", key])]);
            foreach (((string key, IoKey ours), List<KeyValuePair<string, long>> sysdig) in s_keys.Zip(tables))
            {
                sysdig.RemoveAll(r => r.Key == "<NA>" && ours == IoKey.ProcessName);
                List<KeyValuePair<string, long>> engine = EngineTable.Read(path, new IoQuery { Keys = [ours] }, t => t.Bytes);
                if (!sysdig.ToHashSet().SetEquals(engine))
                    differences.Add($"{name} by {key}: sysdig {string.Join(' ', sysdig)}, the engine {string.Join(' ', engine)}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // After the first marker on a descriptor sysdig makes an event of its own of every write to it, also of one that is no marker.
    [SkippableTheory]
    [InlineData("ids", "fd.name", "", "/dev/null=39")]
    [InlineData("badafter", "fd.name", "", "/dev/null=19")]
    // A first write that is no marker makes sysdig take all later markers on the descriptor for plain writes.
    [InlineData("badfirst", "fd.name", "/dev/null=23", "/dev/null=7")]
    [InlineData("late", "evtin.span.tags", "v=10 c=13", "v=10 c=2")]
    // A recorder that writes exits only puts the descriptor there, where sysdig does not look.
    [InlineData("newstyle", "fd.name", "=24", "/tmp/blob.bin.4=10")]
    [InlineData("newstyle", "evtin.span.tags", "", "a=10")]
    // The 129th open span empties sysdig's pool.
    [InlineData("pool129", "evtin.span.tags", "", "s=10")]
    // sysdig does not count sendfile, and of copy_file_range only what it writes.
    [InlineData("sendfile", "fd.name", "/tmp/blob.bin.4=70 =777", "10.0.0.9:50000->10.0.0.5:8888=5000 /tmp/blob.bin.4=5770 =777")]
    [InlineData("sendfile", "fd.type", "file=70", "ipv4=5000 file=5770")]
    [InlineData("sendfile", "evtin.span.tags", "a=847", "a=11547")]
    public void Where_sysdig_is_wrong_the_tables_differ_as_intended(string name, string key, string sysdig, string engine)
    {
        string path = Repository.Shared($"vectors/{name}.scap");
        Assert.Equal(sysdig, Text(SysdigTable.Read(path, "fdbytes_by", key)));
        Assert.Equal(engine, Text(EngineTable.Read(path, new IoQuery { Keys = [s_keys[key]] }, t => t.Bytes)));
    }

    private static string Text(List<KeyValuePair<string, long>> rows) =>
        string.Join(' ', rows.OrderByDescending(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}={r.Value}").OrderBy(r => r.StartsWith('=')));
}
