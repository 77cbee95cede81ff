using Tracers.Engine.Analysis;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>What a filter or a mode leaves out is not in the file, and what it asks for is.</summary>
[Collection(LiveCollection.Name)]
public sealed class CaptureFilterTests(WorkloadProgram program) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_process_is_recorded_with_its_children_from_before_and_after()
    {
        using WorkloadProcess run = new(program.PathOf(compat: false), _folder.FullName, "family");
        run.Meet();
        using LiveRecording recording = LiveRecording.Of(() =>
        {
            _ = WorkloadProcess.Run(program.PathOf(compat: false), _folder.FullName, "files", "5");
            run.GoOn();
            run.End();
        }, o => o with { ProcessIds = [run.Pid] });

        Assert.Equal([11, 13, 17], recording.Events.Where(e => e.IsExit && LiveRecording.NameOf(e) == "getppid").GroupBy(e => e.Thread.Pid).Select(g => g.Count()).Order());
        Assert.Equal(3, recording.Events.Where(e => e.Layout.Type is not (148 or 149)).Select(e => e.Thread.Pid).Distinct().Count());
        Assert.Equal(17, recording.Of(run.Pid, "getppid", exits: true).Count());
    }

    [SkippableFact]
    public void A_process_is_recorded_by_its_name()
    {
        string path = program.PathOf(compat: false), other = Path.Join(_folder.FullName, "bystander");
        File.Copy(path, other);
        int pid = 0, bystander = 0;
        using LiveRecording recording = LiveRecording.Of(() =>
        {
            bystander = WorkloadProcess.Run(other, _folder.FullName, "files", "5");
            pid = WorkloadProcess.Run(path, _folder.FullName, "files", "5");
        }, o => o with { ProcessNames = ["workload"] });

        Assert.Equal(10, recording.Of(pid, "read", exits: true).Count(e => e.FdName.EndsWith("data", StringComparison.Ordinal)));
        Assert.Empty(recording.Of(bystander));
        Assert.Equal(["workload"], recording.Events.Where(e => e.Layout.Type is not (148 or 149)).Select(e => e.ProcessName).Distinct());
    }

    [SkippableFact]
    public void System_calls_are_selected_by_name_and_descriptors_stay_known()
    {
        using LiveRecording recording = Run("files 5", o => o with { Syscalls = ["read"] }, out int pid);
        Assert.Equal(10, recording.Of(pid, "read", exits: true).Count(e => e.FdName.EndsWith("/data", StringComparison.Ordinal)));
        Assert.NotEmpty(recording.Of(pid, "openat", exits: true));
        Assert.DoesNotContain(recording.Of(pid), e => LiveRecording.NameOf(e) is "write" or "lseek" or "mmap" or "brk");
    }

    [SkippableTheory]
    [InlineData(CaptureMode.Full)]
    [InlineData(CaptureMode.ExitOnly)]
    [InlineData(CaptureMode.MarkersOnly)]
    public void Each_mode_has_all_spans(CaptureMode mode)
    {
        using LiveRecording recording = Run("spans", o => o with { Mode = mode }, out int pid);
        List<SpanRecord> spans = recording.Spans(s => s.Opener.Pid == pid);
        Assert.Equal((20, 20), (spans.Count(s => s.Tags.Text == "request"), spans.Count(s => s.Tags.Text == "request.send")));
        Assert.All(spans, s => Assert.Equal(SpanState.Finished, s.State));
        Assert.All(spans, s => Assert.True(s.Duration > 0));

        string[] beginnings = [.. recording.Of(pid).Where(e => !e.IsExit).Select(LiveRecording.NameOf).Distinct()];
        long read = recording.Of(pid, "pread", exits: true).Count(e => e.FdName.EndsWith("/span data", StringComparison.Ordinal));
        switch (mode)
        {
            case CaptureMode.Full:
                Assert.Contains("pread", beginnings);
                Assert.Equal(20, read);
                break;
            case CaptureMode.ExitOnly:
                Assert.Superset(new HashSet<string>(beginnings), new HashSet<string> { "execve", "procexit" });
                Assert.Equal(20, read);
                Assert.Equal(20 * (500 + 40), recording.BytesByTag()["request"]);
                Assert.Equal(20 * (300 + 300 + 70 + 70), recording.BytesByTag()["request.send"]);
                break;
            default:
                Assert.Superset(new HashSet<string>(beginnings), new HashSet<string> { "execve", "procexit" });
                Assert.DoesNotContain(recording.Of(pid), e => LiveRecording.NameOf(e) is "read" or "pread" or "pwrite" or "sendfile" or "mmap");
                Assert.NotEmpty(recording.Of(pid, "openat", exits: true));
                Assert.Equal(80, recording.Of(pid, "write", exits: true).Count(e => e.Marker is not null));
                Assert.Equal(80, recording.Of(pid, "write", exits: true).Count());
                break;
        }
    }

    // In the kernel nobody knows what a thread wrote before, nor to which file: what does not begin like a marker is none in this mode.
    [SkippableTheory]
    [InlineData(CaptureMode.Full, "910 911 912 913")]
    [InlineData(CaptureMode.ExitOnly, "910 911 912 913")]
    [InlineData(CaptureMode.MarkersOnly, "910 912")]
    public void Markers_alone_are_those_that_one_write_holds_whole(CaptureMode mode, string finished)
    {
        using LiveRecording recording = Run("marks", o => o with { Mode = mode }, out int pid);
        List<SpanRecord> spans = recording.Spans(s => s.Opener.Pid == pid && s.State == SpanState.Finished);
        Assert.Equal(finished, string.Join(' ', spans.Select(s => s.Id).Where(id => id < 1000).Order()));
        Assert.Equal(4 * 50, spans.Count(s => s.Id >= 1000));
    }

    [SkippableFact]
    public void A_container_is_selected_by_the_beginning_of_its_id()
    {
        LiveMachine.Require();
        string? mount = CgroupHierarchy.FindMount(new ProcFolder());
        Skip.If(mount is null, "No cgroup v2 hierarchy is mounted.");
        string id = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()) + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        string group = Path.Join(mount, "tracers-test-" + id[..8]), container = Path.Join(group, id);
        try
        {
            Directory.CreateDirectory(container);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            Skip.If(true, $"No cgroup can be made below {mount}: {e.Message}");
        }

        try
        {
            string path = program.PathOf(compat: false);
            int outside = 0;
            using WorkloadProcess inside = new("/bin/sh", _folder.FullName, "-c", $"echo ready; read line; exec {path} files 5");
            inside.Meet();
            File.WriteAllText(Path.Join(container, "cgroup.procs"), $"{inside.Pid}");
            using LiveRecording recording = LiveRecording.Of(() =>
            {
                outside = WorkloadProcess.Run(path, _folder.FullName, "files", "5");
                inside.GoOn();
                inside.End();
            }, o => o with { ContainerIds = [id[..12]] });

            EventRecord[] reads = [.. recording.Of(inside.Pid, "read", exits: true).Where(e => e.FdName.EndsWith("/data", StringComparison.Ordinal))];
            Assert.Equal(10, reads.Length);
            Assert.Empty(recording.Of(outside));
            Assert.Equal([inside.Pid], recording.Events.Where(e => e.Layout.Type is not (148 or 149)).Select(e => e.Thread.Pid).Distinct());

            // Where there are v1 hierarchies too, engines put their containers into those, and the name is looked for there.
            if (File.ReadAllLines("/proc/self/cgroup").All(line => line.StartsWith("0::", StringComparison.Ordinal)))
                Assert.All(reads, e => Assert.Equal(id[..12], e.Container?.Id));
        }
        finally
        {
            Directory.Delete(container);
            Directory.Delete(group);
        }
    }

    private LiveRecording Run(string workload, Func<CaptureOptions, CaptureOptions> with, out int pid)
    {
        string path = program.PathOf(compat: false);
        int started = 0;
        LiveRecording recording = LiveRecording.Of(() => started = WorkloadProcess.Run(path, _folder.FullName, workload.Split(' ')), with);
        pid = started;
        return recording;
    }
}
