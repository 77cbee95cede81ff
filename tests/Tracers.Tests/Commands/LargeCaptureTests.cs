using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class LargeCaptureTests : CommandTests, IClassFixture<LargeCapture>
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);

    private readonly LargeCapture _large;

    public LargeCaptureTests(ModuleHost host, LargeCapture large)
        : base(host)
    {
        _large = large;
        host.SetVariable("plain", large.Plain);
        host.SetVariable("gzip", large.Compressed);

        // So often that no machine is done before it is stopped.
        host.SetVariable("often", Enumerable.Repeat(large.Plain, 500).ToArray());
        host.SetVariable("gzipOften", Enumerable.Repeat(large.Compressed, 500).ToArray());
    }

    [Theory]
    [InlineData("Measure-TracerIO $often -By SpanTag")]
    [InlineData("Measure-TracerIO $often -By FdName -FdType file")]
    [InlineData("Measure-TracerIO $gzipOften -By SpanTag")]
    [InlineData("Get-TracerEvent $often -Type nosuch")]
    [InlineData("Get-TracerEvent $often | ForEach-Object { }")]
    [InlineData("Get-TracerEvent $often | Measure-TracerIO")]
    [InlineData("Get-TracerSpan $gzipOften -State Orphan")]
    [InlineData("Get-TracerSpan $plain | Get-TracerEvent -Scope Machine | ForEach-Object { }")]
    [InlineData("Show-TracerSpectrogram $often -Metric Latency")]
    [InlineData("Show-TracerSpectrogram $gzipOften -PassThru")]
    [InlineData("$often | Get-TracerCapture | Where-Object Events -eq 0")]
    [InlineData("Show-TracerSpan $often")]
    [InlineData("Export-TracerSpan $often -Format Chrome -Destination $folder/l.json")]
    [InlineData("$often | Export-TracerReport -Destination $folder -Force")]
    public async Task Ctrl_C_ends_a_command_at_once_without_an_error_and_closes_the_file(string command)
    {
        TimeSpan fastest = TimeSpan.MaxValue;

        // What the machine does beside this can delay a stop; it cannot hurry one.
        for (int attempt = 0; attempt < 3 && fastest >= s_soon; attempt++)
        {
            TimeSpan took = await RunAndStop(command);
            fastest = took < fastest ? took : fastest;
        }

        Assert.True(fastest < s_soon, $"It took {fastest.TotalMilliseconds} ms.");
    }

    [Fact]
    public void A_long_run_shows_progress_that_grows_and_is_taken_away()
    {
        // The one send is early: while it is looked at, half a second goes by, and the rest of the file is reported.
        Host.Run("Get-TracerEvent $plain -Type sendto | Where-Object Direction -eq '<' | ForEach-Object { [Threading.Thread]::Sleep(600) }");
        Assert.True(Host.Progress.Count >= 2, $"{Host.Progress.Count} records");
        Assert.All(Host.Progress, record => Assert.Equal("Reading large.scap", record.Activity));
        Assert.All(Host.Progress.SkipLast(1), record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
        Assert.Equal(ProgressRecordType.Completed, Host.Progress[^1].RecordType);
        Assert.InRange(Host.Progress[0].PercentComplete, 0, 99);
        Assert.EndsWith(" of 80 MB", Host.Progress[0].StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_takes_long_says_which_reading_it_is_at_and_its_progress_never_goes_back()
    {
        // The filter takes time, with every event.
        Host.Run("Export-TracerReport $plain -Destination $folder/report.html -Filter \"evt.buffer regex '(r|rr)*s' or evt.num > 0\"");
        Assert.True(Host.Progress.Count >= 3, $"{Host.Progress.Count} records");
        Assert.All(Host.Progress, record => Assert.Equal("Making a report of large.scap", record.Activity));
        ProgressRecord[] working = [.. Host.Progress.SkipLast(1)];
        Assert.All(working, record => Assert.Matches("^Reading [123] of 3: .", record.StatusDescription));
        Assert.Equal(working.Select(r => r.PercentComplete).Order(), working.Select(r => r.PercentComplete));
        Assert.InRange(working[^1].PercentComplete, 34, 100);
        Assert.Equal(ProgressRecordType.Completed, Host.Progress[^1].RecordType);
    }

    [Fact]
    public void A_long_run_that_ends_early_takes_its_progress_away_too()
    {
        Host.Run("foreach ($once in 1) { Get-TracerEvent $plain | ForEach-Object { if ($_.Number -eq 4) { [Threading.Thread]::Sleep(600) } elseif ($_.Number -gt 20000) { break } } }");
        Assert.True(Host.Progress.Count >= 2, $"{Host.Progress.Count} records");
        Assert.Equal(ProgressRecordType.Completed, Host.Progress[^1].RecordType);
    }

    [Fact]
    public void A_short_run_shows_no_progress()
    {
        Host.Run("Get-TracerSpan $sample > $null; Get-TracerEvent $plain -First 2 > $null");
        Assert.Empty(Host.Progress);
    }

    [Theory]
    [InlineData("Get-TracerEvent $often | Select-ProbeFirst 3", 3)]
    [InlineData("$often | Get-TracerEvent | Select-ProbeFirst 3", 3)]
    [InlineData("foreach ($once in 1) { Get-TracerEvent $gzipOften | ForEach-Object { $_; if ($_.Number -ge 3) { break } } }", 3)]
    [InlineData("Get-TracerSpan $demo, $plain | Select-ProbeFirst 2", 2)]
    [InlineData("Get-TracerEvent $demo, $plain | ForEach-Object { if ($_.Number -eq 3) { throw 'enough' } $_ }", 2)]
    [InlineData("Get-TracerCapture $demo, $plain | Select-ProbeFirst 1", 1)]
    public void A_pipeline_that_has_enough_ends_the_reading_and_closes_the_file(string script, int count)
    {
        long before = Environment.TickCount64;
        Assert.Equal(count, Host.Try(script).Count);
        Assert.Equal(script.Contains("throw", StringComparison.Ordinal) ? ["enough"] : [], Host.ErrorIds);
        Assert.Empty(Host.Warnings);
        Assert.False(IsOpen(), "The capture is still open.");
        Assert.InRange(Environment.TickCount64 - before, 0, 3_000);
    }

    [Fact]
    public void First_does_not_read_the_rest()
    {
        long before = Environment.TickCount64;
        Assert.Equal(500 * 2, Host.Run("Get-TracerEvent $often -First 2").Count);
        Assert.InRange(Environment.TickCount64 - before, 0, 10_000);
    }

    [Fact]
    public void The_whole_capture_adds_up()
    {
        PSObject capture = Host.Run("Get-TracerCapture $plain").Single();
        long reads = ((long)capture.Properties["Events"].Value - 4) / 2;
        Assert.Equal(
            [$"large {reads + 1} {(reads * 40) + 1} {reads * Microseconds(1)}"],
            Host.Run("Measure-TracerIO $gzip").Select(r => $"{Values(r, "SpanTag", "Calls", "Bytes")} {((Duration)r.Properties["Time"].Value).Nanoseconds - Microseconds(1)}"));
        static long Microseconds(long count) => count * CaptureScript.Microsecond;
    }

    private async Task<TimeSpan> RunAndStop(string command)
    {
        using ManualResetEventSlim started = new();
        Task<IReadOnlyList<PSObject>> script = Task.Run(() => Host.Try($"'started'; {command}; 'never'", _ => started.Set()));
        Assert.True(started.Wait(TimeSpan.FromSeconds(20)));
        await WaitUntilOpen();

        TimeSpan took = Host.Stop();

        // Some have shown the first captures by then.
        string[] output = [.. (await script).Select(o => o.ToString())];
        Assert.Equal("started", output[0]);
        Assert.DoesNotContain("never", output);
        Assert.True(Host.WasStopped);
        Assert.Empty(Host.Errors);
        Assert.False(IsOpen(), "The capture is still open.");
        Assert.Empty(Directory.EnumerateFiles(Folder.FullName, "*.partial"));
        return took;
    }

    private async Task WaitUntilOpen()
    {
        for (int i = 0; i < 200 && !IsOpen(); i++) await Task.Delay(5);
        await Task.Delay(50);
    }

    // Linux tells which files this process holds; elsewhere there is nothing to see.
    private bool IsOpen()
    {
        const string Descriptors = "/proc/self/fd";
        if (!Directory.Exists(Descriptors)) return false;
        foreach (string descriptor in Directory.EnumerateFileSystemEntries(Descriptors))
        {
            try
            {
                string? target = File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName;
                if (target == _large.Plain || target == _large.Compressed) return true;
            }
            catch (IOException)
            {
                // Closed since it was listed.
            }
        }

        return false;
    }
}
