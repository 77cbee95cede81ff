using System.Text.RegularExpressions;
using Tracers.Engine.Analysis;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>32-bit programs have other numbers of calls, and other forms of what is in memory: they are recorded as what they are.</summary>
[Collection(LiveCollection.Name)]
public sealed partial class CompatCallTests(WorkloadProgram program) : IDisposable
{
    // What a program does at its start differs with its width, and so do the names of some calls.
    private static readonly string[] s_compared =
        ["open", "openat", "read", "write", "close", "pread", "pwrite", "readv", "writev", "preadv", "pwritev", "sendfile", "splice", "copy_file_range", "unlink", "pipe", "dup", "dup2", "dup3", "fcntl", "chdir", "mkdir", "rmdir"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("files", "2")]
    [InlineData("transfers")]
    [InlineData("descriptors")]
    [InlineData("directories")]
    public void The_same_source_has_the_same_calls_descriptors_paths_and_sizes(params string[] arguments)
    {
        string[] native = Calls(arguments, compat: false), compat = Calls(arguments, compat: true);
        Assert.True(native.Length > 10, $"{native.Length} calls");
        string[] differences = [.. native.Zip(compat).Where(p => p.First != p.Second).Select(p => $"64: {p.First}\n32: {p.Second}")];
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(10)));
        Assert.Equal(native.Length, compat.Length);
    }

    // The C library of 32-bit programs reaches sockets by socketcall.
    [SkippableFact]
    public void Calls_behind_socketcall_are_those_that_are_meant()
    {
        string[] native = SocketCalls(compat: false), compat = SocketCalls(compat: true);
        Assert.Superset(
            new HashSet<string> { "socket", "bind", "listen", "getsockname", "accept", "sendto", "recvfrom", "sendmsg", "recvmsg", "shutdown", "connect", "socketpair" },
            new HashSet<string>(native.Select(call => call.Split(' ')[1])));
        Assert.Equal(native, compat);
    }

    // Number 3 is read for 32-bit programs and close for others; 0 is restart_syscall and read, 4 is write and stat.
    [SkippableFact]
    public void A_number_is_that_of_the_callers_own_table()
    {
        string path = program.PathOf(compat: true);
        int pid = 0;
        using LiveRecording recording = LiveRecording.Of(() => pid = WorkloadProcess.Run(path, _folder.FullName, "files", "7"));
        EventRecord[] ours = [.. recording.Of(pid).Where(e => e.FdName == Path.Join(_folder.FullName, "data") && e.IsExit)];
        Assert.Equal(
            [("close", 7), ("llseek", 7), ("openat", 7), ("read", 14), ("write", 7)],
            ours.GroupBy(LiveRecording.NameOf).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key, StringComparer.Ordinal));
        Assert.Equal(7 * (1000L + 600 + 400), ours.Sum(e => e.MovedBytes ?? 0));
    }

    // Without children: what each is called, on which descriptor, and what it returned.
    private string[] SocketCalls(bool compat)
    {
        string path = program.PathOf(compat);
        int pid = 0;
        using LiveRecording recording = LiveRecording.Of(() => pid = WorkloadProcess.Run(path, _folder.FullName, "sockets"));
        return [.. recording.Of(pid).SkipWhile(e => LiveRecording.NameOf(e) != "socket").Where(e => LiveRecording.NameOf(e) is not ("wait4" or "waitpid" or "clone"))
            .Select(e => $"{(e.IsExit ? '<' : '>')} {LiveRecording.NameOf(e)} {e.FdNumber} {e.Fd?.Kind} {e.Fd?.Transport} {(e.IsExit ? e.Result : 0)}")];
    }

    // 64-bit programs have no need to say that a file may be large, neither here nor when they lock a part of it.
    [GeneratedRegex(@"flags=[0-9]+\((O_LARGEFILE\|)?")]
    private static partial Regex LargeFile();

    // Behind the program's start, the calls that both widths make in the same way, without addresses of memory.
    private string[] Calls(string[] arguments, bool compat)
    {
        string path = program.PathOf(compat);
        int pid = 0;
        using LiveRecording recording = LiveRecording.Of(() => pid = WorkloadProcess.Run(path, _folder.FullName, arguments));
        return [.. recording.Of(pid).SkipWhile(e => !(e.IsExit && LiveRecording.NameOf(e) == "execve"))
            .SkipWhile(e => !e.Text.Parameters().Contains(_folder.FullName, StringComparison.Ordinal))
            .Where(e => s_compared.Contains(LiveRecording.NameOf(e)))
            .Select(e => $"{(e.IsExit ? '<' : '>')} {LiveRecording.NameOf(e)} {LargeFile().Replace(e.Text.Parameters(), "flags=").Replace("cmd=18(F_SETLK64)", "cmd=8(F_SETLK)", StringComparison.Ordinal)}")];
    }
}
