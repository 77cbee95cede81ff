using System.Text;
using Tracers.Engine.Capture.Linux.Snapshot;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>A folder that looks like <c>/proc</c>, gone after the test.</summary>
internal sealed class FakeProc : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"tracers-proc-{Guid.NewGuid():N}");

    public FakeProc()
    {
        Directory.CreateDirectory(_root);
        Folder = new ProcFolder(_root);
    }

    public ProcFolder Folder { get; }

    public FakeProc File(string path, string content)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllBytes(full, Encoding.UTF8.GetBytes(content));
        return this;
    }

    public FakeProc Link(string path, string target)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.CreateSymbolicLink(full, target);
        return this;
    }

    /// <summary>A process with all that a snapshot asks for.</summary>
    public FakeProc Process(int pid, string program, params ReadOnlySpan<string> arguments)
    {
        File($"{pid}/cmdline", program + '\0' + string.Concat(arguments.ToArray().Select(a => a + '\0')));
        File($"{pid}/environ", "HOME=/root\0LANG=C\0");
        File($"{pid}/cgroup", "0::/app.slice\n");
        Link($"{pid}/exe", "/usr/bin/" + program);
        Link($"{pid}/cwd", "/srv/" + program);
        return Link($"{pid}/root", "/");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
