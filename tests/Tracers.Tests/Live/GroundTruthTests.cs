using System.Globalization;
using System.Text.RegularExpressions;
using Tracers.Engine.Analysis;
using Tracers.Tests.Engine.Marks;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>Programs whose calls are known, by their source or by strace: all of them are recorded, and nothing else.</summary>
[Collection(LiveCollection.Name)]
public sealed partial class GroundTruthTests(WorkloadProgram program) : IDisposable
{
    private const int Calls = 500;

    // How the format calls what the kernel calls otherwise.
    private static readonly Dictionary<string, string> s_names = new()
    {
        ["pread64"] = "pread", ["pwrite64"] = "pwrite", ["prlimit64"] = "prlimit", ["fstatat64"] = "newfstatat",
        ["pipe2"] = "pipe", ["dup2"] = "dup", ["rt_sigreturn"] = "sigreturn",
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Known_calls_are_counted_to_the_call_and_to_the_byte(bool compat)
    {
        string path = program.PathOf(compat);
        int pid = 0;
        using LiveRecording recording = LiveRecording.Of(() => pid = WorkloadProcess.Run(path, _folder.FullName, "known", $"{Calls}"));
        Assert.Equal(0, recording.Progress.LostEvents);
        Assert.Equal((Calls, Calls), (recording.Of(pid, "getppid", exits: false).Count(), recording.Of(pid, "getppid", exits: true).Count()));

        int[] sizes = [.. Enumerable.Range(0, Calls).Select(i => i % 200)];
        AssertCalls("write", sizes);
        AssertCalls("pread", [.. Enumerable.Repeat(100, Calls)]);
        AssertCalls("writev", [.. Enumerable.Range(0, Calls / 10).Select(i => i + 10)]);
        AssertCalls(compat ? "llseek" : "lseek", [.. Enumerable.Repeat(0, Calls / 10)]);
        AssertCalls("close", [0]);
        Assert.Equal(
            Calls / 10, recording.Of(pid, "openat", exits: true).Count(e => e.Result == -2 && e.Text.Parameters().Contains("no such file", StringComparison.Ordinal)));
        EventRecord[] opened = [.. recording.Of(pid, "openat", exits: true).Where(e => e.FdName == File("known"))];
        Assert.Equal(3, Assert.Single(opened).Result);
        Assert.Contains("O_TRUNC|O_CREAT|O_RDWR) mode=0644 ", opened[0].Text.Parameters(), StringComparison.Ordinal);
        Assert.Equal(["exit_group", "procexit"], recording.Of(pid).TakeLast(2).Select(LiveRecording.NameOf));

        // The beginnings and the ends of calls on the file, with what the ends say that was moved.
        void AssertCalls(string name, int[] results)
        {
            Assert.Equal(results.Length, recording.Of(pid, name, exits: false).Count(e => e.FdName == File("known")));
            Assert.Equal(results, recording.Of(pid, name, exits: true).Where(e => e.FdName == File("known")).Select(e => (int)e.Result));
        }
    }

    [SkippableFact]
    public void Strace_counts_the_same_calls_and_errors_of_the_same_program()
    {
        string path = program.PathOf(compat: false);
        Skip.IfNot(EmitterProgram.IsInstalled("strace"), "strace is not installed: apt-get install strace");
        string summary = Path.Join(_folder.FullName, "summary");
        EmitterProgram.Run("strace", ["-f", "-qq", "-c", "-o", summary, path, "known", $"{Calls}"], _folder.FullName);
        SortedDictionary<string, (int Calls, int Errors)> strace = new(StringComparer.Ordinal);
        foreach (Match row in SummaryRow().Matches(System.IO.File.ReadAllText(summary)))
            Add(NameOf(row.Groups[3].Value), Number(row.Groups[1]), Number(row.Groups[2]));

        int pid = 0;
        using LiveRecording recording = LiveRecording.Of(() => pid = WorkloadProcess.Run(path, _folder.FullName, "known", $"{Calls}"));
        SortedDictionary<string, (int Calls, int Errors)> ours = new(StringComparer.Ordinal);

        // strace's first call is the execve that makes the program. Calls that have no event of their own have no result.
        foreach (EventRecord e in recording.Of(pid).SkipWhile(e => !(e.IsExit && LiveRecording.NameOf(e) == "execve" && e.Result == 0)))
        {
            if (!e.IsExit)
                continue;
            (int calls, int errors) = ours.GetValueOrDefault(LiveRecording.NameOf(e));
            ours[LiveRecording.NameOf(e)] = (calls + 1, errors + (e.Layout.Type > 1 && e.Result < 0 ? 1 : 0));
        }

        strace.Remove("arch_prctl", out (int Calls, int Errors) generic);
        ours.Remove("arch_prctl", out (int Calls, int Errors) oursGeneric);
        Assert.Equal(generic.Calls, oursGeneric.Calls);
        Assert.Equal(Calls, strace["getppid"].Calls);
        Assert.Equal(strace, ours);

        void Add(string name, int calls, int errors)
        {
            (int before, int failed) = strace.GetValueOrDefault(name);
            strace[name] = (before + calls, failed + errors);
        }

        static int Number(Group group) => group.Length == 0 ? 0 : int.Parse(group.Value, CultureInfo.InvariantCulture);
    }

    [SkippableFact]
    public void What_strace_lists_of_a_pipeline_is_recorded_in_the_same_order_of_each_thread()
    {
        Skip.IfNot(EmitterProgram.IsInstalled("strace"), "strace is not installed: apt-get install strace");
        string trace = Path.Join(_folder.FullName, "trace");
        using LiveRecording recording = LiveRecording.Of(() => EmitterProgram.Run(
            "strace", ["-f", "-qq", "-o", trace, "sh", "-c", "echo one two three | cat | tr a-z A-Z | wc -c; cd /; exec true"], _folder.FullName));
        Assert.Equal(0, recording.Progress.LostEvents);

        ILookup<int, string> strace = TraceLine().Matches(System.IO.File.ReadAllText(trace)).ToLookup(
            m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m => NameOf(m.Groups[2].Value));
        Assert.True(strace.Count >= 4, $"{strace.Count} threads in strace's list");
        foreach (IGrouping<int, string> thread in strace)
        {
            IEnumerable<string> ours = recording.Events.Where(e => e.Thread.Tid == thread.Key && !e.IsExit).Select(LiveRecording.NameOf);

            // Of the first thread strace lists what follows its own preparations, beginning with the execve; none of procexit, which is no call.
            if (thread.First() == "execve" && thread.Key == strace.Min(t => t.Key))
                ours = ours.SkipWhile(name => name != "execve");
            Assert.Equal(thread, ours.Where(name => name != "procexit"));
        }
    }

    private string File(string name) => Path.Join(_folder.FullName, name);

    private static string NameOf(string kernel) => s_names.GetValueOrDefault(kernel, kernel);

    [GeneratedRegex(@"^ +[0-9.]+ +[0-9.]+ +[0-9]+ +([0-9]+) +([0-9]*) +(\w+)$", RegexOptions.Multiline)]
    private static partial Regex SummaryRow();

    [GeneratedRegex(@"^([0-9]+) +(\w+)\(", RegexOptions.Multiline)]
    private static partial Regex TraceLine();
}
