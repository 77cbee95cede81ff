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
    public void Tables_of_the_vectors_are_sysdigs(params string[] names)
    {
        List<string> differences = [];
        foreach (string name in names)
        {
            string path = Repository.Shared($"vectors/{name}.scap");
            foreach ((string key, IoKey ours) in s_keys)
            {
                List<KeyValuePair<string, long>> sysdig = SysdigTable.Read(path, "fdbytes_by", key);
                sysdig.RemoveAll(r => r.Key == "<NA>" && ours == IoKey.ProcessName);
                List<KeyValuePair<string, long>> engine = EngineTable.Read(path, new IoQuery { Keys = [ours] }, t => t.Bytes);
                if (!sysdig.ToHashSet().SetEquals(engine))
                    differences.Add($"{name} by {key}: sysdig {string.Join(' ', sysdig)}, the engine {string.Join(' ', engine)}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // sysdig turns every write to a descriptor that has carried a marker into an event of its own, also when it is no marker: the bytes
    // are lost to its tables. Here a write that is no marker is a write.
    [SkippableTheory]
    [InlineData("ids", 39)]
    [InlineData("badafter", 19)]
    public void Writes_that_are_no_markers_are_io_even_where_markers_were_written(string name, long bytes)
    {
        string path = Repository.Shared($"vectors/{name}.scap");
        Assert.Empty(SysdigTable.Read(path, "fdbytes_by", "fd.name"));
        Assert.Equal([new("/dev/null", bytes)], EngineTable.Read(path, new IoQuery { Keys = [IoKey.FdName] }, t => t.Bytes));
    }
}
