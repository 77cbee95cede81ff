using System.Globalization;
using System.Management.Automation;
using Tracers.Tests.Commands;
using Tracers.Tests.Engine;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Shell;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>What a live capture stands, in short; tests/Tracers.Benchmarks/endure.py has the long form.</summary>
[Collection(LiveCollection.Name)]
public sealed class EnduranceTests(ModuleHost host) : CommandTests(host)
{
    private const string Pause = "[Console]::In.ReadLine() | Out-Null";

    [SkippableTheory]
    [InlineData("", 0)]
    [InlineData("", 700)]
    [InlineData("-Compress", 1500)]
    public void A_capture_that_is_killed_leaves_nothing_attached_and_a_file_that_reads_up_to_its_last_whole_block(string parameters, int milliseconds)
    {
        LiveMachine.Require();
        using SteadyCalls calls = new(20_000);
        string path = FileName("killed.scap");
        using ShellProcess shell = ShellProcess.Start(["-Command", $"$r = Start-TracerCapture '{path}' -ProcessId {Environment.ProcessId} {parameters}; 'running'; {Pause}"]);
        Assert.Equal("running", shell.ReadLine());
        Thread.Sleep(milliseconds);
        List<KernelObject> held = KernelObject.HeldBy(shell.Id);
        Assert.Contains(held, o => o.Kind == "link");
        Assert.All(held, o => Assert.True(o.Exists));
        shell.Signal("KILL");
        shell.WaitForExit();
        Assert.Empty(KernelObject.StillThere(held));

        WholeBlocks whole = WholeBlocks.Of(path);
        Reading reading = Reading.OfFile(path);
        Assert.Equal(whole.Events, reading.Events.Count);
        Assert.True(milliseconds < 1500 || whole.Events > 0, "A second's events are not in the file.");
        if (whole.Rest > 0)
            Assert.NotNull(reading.Error);
    }

    [SkippableTheory]
    [InlineData("", 50_000)]
    [InlineData("-Compress", 200_000)]
    public void On_a_full_disk_the_capture_ends_with_one_error_and_what_was_written_stays_readable(string parameters, int rate)
    {
        LiveMachine.Require();
        using SmallDisk disk = new(FileName("disk"));
        string path = FileName("disk/full.scap");
        using (new SteadyCalls(rate))
            Host.Try($"$r = Start-TracerCapture '{path}' -ProcessId {Environment.ProcessId} -Duration 60s {parameters}; $r | Wait-TracerCapture");
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.StartsWith("CaptureFailed", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("Failed", Values(Host.Run("Get-TracerCapture -Id $r.Id").Single(), "State"));
        Assert.Empty(KernelObject.HeldBy(Environment.ProcessId));

        WholeBlocks whole = WholeBlocks.Of(path);
        Assert.True(whole.Events > 1000, $"{whole.Events} events");
        Assert.Equal(whole.Events, Reading.OfFile(path).Events.Count);
    }

    [SkippableFact]
    public void Ten_captures_in_one_process_leak_no_descriptor_map_program_link_thread_or_mapping()
    {
        LiveMachine.Require();
        const int Warm = 4, Last = 10;
        using ShellProcess shell = ShellProcess.Start(
            ["-Command", $"foreach ($i in 1..{Last}) {{ $r = Start-TracerCapture '{FileName("cycle.scap")}' -Force; $r | Stop-TracerCapture | Out-Null; \"$($r.State)\"; {Pause} }}"]);
        (int Descriptors, int Threads) before = default, after = default;
        for (int i = 1; i <= Last; i++)
        {
            Assert.Equal("Ended", shell.ReadLine());
            Assert.Empty(KernelObject.HeldBy(shell.Id));
            Assert.DoesNotContain(File.ReadAllLines($"/proc/{shell.Id}/maps"), m => m.Contains("bpf-map", StringComparison.Ordinal));
            after = (Directory.GetFiles($"/proc/{shell.Id}/fd").Length, Directory.GetDirectories($"/proc/{shell.Id}/task").Length);
            if (i == Warm)
                before = after;
            shell.Enter("");
        }

        Assert.Equal(0, shell.WaitForExit());
        Assert.True(after.Descriptors <= before.Descriptors, $"{before.Descriptors} descriptors, then {after.Descriptors}");

        // The runtime's own come and go; a leak would be one a capture.
        Assert.True(after.Threads - before.Threads < (Last - Warm) / 2, $"{before.Threads} threads, then {after.Threads}");
    }

    [SkippableFact]
    public void Two_hundred_thousand_events_a_second_for_ten_seconds_leave_memory_as_it_is()
    {
        LiveMachine.Require();
        using ShellProcess shell = ShellProcess.Start(
            [
                "-Command",
                $"$r = Start-TracerCapture '{FileName("steady.scap")}' -ProcessId {Environment.ProcessId} -RotateSize 16MB -RotateCount 2; 'running'; {Pause}; "
                    + "$r | Stop-TracerCapture -WarningAction SilentlyContinue | Out-Null; \"$($r.Events) $($r.LostEvents) $($r.State)\"",
            ]);
        Assert.Equal("running", shell.ReadLine());
        List<long> sizes = [];
        long made;
        using (SteadyCalls calls = new(100_000))
        {
            for (int i = 0; i < 10; i++)
            {
                Thread.Sleep(1000);
                sizes.Add(ResidentBytes(shell.Id));
            }

            made = calls.Made;
        }

        shell.Enter("");
        string[] said = shell.ReadLine()!.Split(' ');
        Assert.Equal("Ended", said[2]);
        Assert.True(Number(said[0]) + Number(said[1]) >= 2 * made, $"{made} calls became {said[0]} events; {said[1]} were lost");
        Assert.True(made > 100_000, $"{made} calls are no load");
        long growth = sizes[^1] - sizes[3];
        Assert.True(growth < 8 << 20, $"{growth} bytes more after ten seconds than after four");
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static long ResidentBytes(int pid) =>
        Number(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1]) * Environment.SystemPageSize;
}
