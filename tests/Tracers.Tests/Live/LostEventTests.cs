using Tracers.Tests.Engine;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>Events that find no room between the kernel and the file are counted, and the file says so.</summary>
[Collection(LiveCollection.Name)]
public sealed class LostEventTests(WorkloadProgram program) : IDisposable
{
    private const int Calls = 300_000;
    private const int SmallRing = 64 * 1024;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(SmallRing, true)]
    [InlineData(1024 * 1024, null)]
    [InlineData(64 * 1024 * 1024, false)]
    public void Events_in_the_file_and_lost_ones_are_twice_the_calls_made(int ringBytes, bool? loses)
    {
        using WorkloadProcess run = new(program.PathOf(compat: false), _folder.FullName, "flood", $"{Calls}");
        run.Meet();
        using LiveRecording recording = LiveRecording.Of(() =>
        {
            run.GoOn();
            run.Meet();
            run.WaitUntilItWaits();
        }, o => o with { ProcessIds = [run.Pid], BufferBytes = ringBytes });
        run.GoOn();
        run.End();

        Reading reading = recording.Read();
        long lost = recording.Progress.LostEvents;

        // The end of the read in which it waited, the write that says that it is done, and the beginning of the read in which it waits again.
        const int Meetings = 1 + 2 + 1;
        long made = 2L * Calls + Meetings;
        long kept = recording.Events.Count(e => e.Thread.Pid == run.Pid);
        Assert.Equal(made, kept + lost);
        Assert.Equal(lost, reading.Statistics.LostEvents);
        if (loses is { } some)
            Assert.Equal(some, lost > 0);
    }

    [SkippableFact]
    public void A_program_that_writes_byte_by_byte_is_recorded_or_counted_as_lost()
    {
        string command = $"echo ready; read line; dd if=/dev/zero of=/dev/null bs=1 count={Calls} 2>/dev/null; echo ready; read line; true";
        using WorkloadProcess run = new("/bin/sh", _folder.FullName, "-c", command);
        run.Meet();
        using LiveRecording recording = LiveRecording.Of(() =>
        {
            run.GoOn();
            run.Meet();
        }, o => o with { ProcessIds = [run.Pid], BufferBytes = SmallRing, Syscalls = ["read", "write"] });
        run.GoOn();
        run.End();

        // Besides its reads and writes there are those of the shell and of the program's start, and what says who it is.
        long kept = recording.Events.Count(e => LiveRecording.NameOf(e) is "read" or "write");
        long lost = recording.Progress.LostEvents;
        Assert.True(lost > 0);
        Assert.InRange(kept + lost, 4L * Calls, 4L * Calls + 1000);
        Assert.Equal(lost, recording.Read().Statistics.LostEvents);
    }
}
