using System.Management.Automation;
using System.Text.RegularExpressions;
using Tracers.Engine.Capture;
using Tracers.Live;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands.Live;

public sealed class StartTracerCaptureTests(ModuleHost host) : LiveCommandTests(host)
{
    public static TheoryData<CaptureStartFailure, string, ErrorCategory> Failures => new()
    {
        { CaptureStartFailure.NotSupported, "CaptureNotSupported", ErrorCategory.NotImplemented },
        { CaptureStartFailure.NoRights, "CaptureNoRights", ErrorCategory.PermissionDenied },
        { CaptureStartFailure.NoBtf, "CaptureNoBtf", ErrorCategory.ResourceUnavailable },
        { CaptureStartFailure.NoLibbpf, "CaptureNoLibbpf", ErrorCategory.NotInstalled },
        { CaptureStartFailure.KernelTooOld, "CaptureKernelTooOld", ErrorCategory.ResourceUnavailable },
        { CaptureStartFailure.Forbidden, "CaptureForbidden", ErrorCategory.SecurityError },
        { CaptureStartFailure.Path, "CapturePathNotWritable", ErrorCategory.WriteError },
        { CaptureStartFailure.Option, "CaptureOptionNotPossible", ErrorCategory.InvalidArgument },
        { CaptureStartFailure.Other, "CaptureNotStarted", ErrorCategory.OpenError },
    };

    [Fact]
    public void It_returns_at_once_with_the_running_capture()
    {
        TracerRecording recording = Start();
        Assert.Equal(TracerRecordingState.Running, recording.State);
        Assert.Equal(FileName("live.scap"), recording.Path);
        Assert.Empty(Host.Information);
        Assert.Equal(0, Capture.Stops);
    }

    [Fact]
    public void Every_parameter_reaches_the_engine()
    {
        Host.Run("""
            $null = Start-TracerCapture -Path all.scap -Duration 1.5s -MaxSize 1GB -RotateSize 100MB -RotateCount 5 -Compress -SnapLength 200 `
                -BufferSize 16MB -ProcessId 1, 2 -ProcessName nginx, curl -ContainerId 0123abcd -Syscall read, openat -Mode ExitOnly -Force -PassThru
            """);
        CaptureOptions options = Capture.Options;
        Assert.Equal(FileName("all.scap"), options.Path);
        Assert.True(options.Overwrite);
        Assert.Equal(TimeSpan.FromSeconds(1.5), options.Duration);
        Assert.Equal(1L << 30, options.MaxBytes);
        Assert.Equal(100L << 20, options.RotateBytes);
        Assert.Equal(5, options.RotateCount);
        Assert.True(options.Compress);
        Assert.Equal(200, options.SnapLength);
        Assert.Equal(16 << 20, options.BufferBytes);
        Assert.Equal([1, 2], options.ProcessIds);
        Assert.Equal(["nginx", "curl"], options.ProcessNames);
        Assert.Equal(["0123abcd"], options.ContainerIds);
        Assert.Equal(["read", "openat"], options.Syscalls);
        Assert.Equal(CaptureMode.ExitOnly, options.Mode);
    }

    [Fact]
    public void What_is_not_given_is_the_engines_default()
    {
        Start();
        CaptureOptions expected = new() { Path = FileName("live.scap") };
        Assert.Equivalent(expected, Capture.Options, strict: true);
    }

    [Fact]
    public void Without_a_path_it_names_the_file_and_says_so()
    {
        Host.Run("$first = Start-TracerCapture; $second = Start-TracerCapture");
        Assert.Equal(2, Captures.Count);
        Assert.Equal([$"Recording to '{Captures[0].Options.Path}'.", $"Recording to '{Captures[1].Options.Path}'."], Host.Information);
        Assert.All(Captures, c => Assert.Matches(new Regex($@"^{Regex.Escape(FileName(Environment.MachineName))}-\d{{8}}-\d{{6}}(-2)?\.scap$"), c.Options.Path));
        Assert.NotEqual(Captures[0].Options.Path, Captures[1].Options.Path);
        Assert.StartsWith("Recording to '", Host.Text("$null = Start-TracerCapture"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_file_is_refused_without_Force()
    {
        File.WriteAllText(FileName("live.scap"), "precious");
        Host.Try("Start-TracerCapture live.scap");
        Assert.Equal(["CaptureExists"], ShortErrorIds);
        Assert.Equal(ErrorCategory.ResourceExists, Host.Errors[0].CategoryInfo.Category);
        Assert.Equal(FileName("live.scap"), Host.Errors[0].TargetObject);
        Assert.Empty(Captures);
        Assert.Equal("precious", File.ReadAllText(FileName("live.scap")));
        Start(parameters: "-Force");
        Assert.True(Capture.Options.Overwrite);
    }

    [Fact]
    public void A_file_that_a_capture_is_writing_is_refused_even_with_Force()
    {
        int id = Start().Id;
        Host.Try("Start-TracerCapture live.scap -Force");
        Assert.Equal(["CaptureFileInUse"], ShortErrorIds);
        Assert.EndsWith($"Stop-TracerCapture -Id {id}.", Host.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Single(Captures);
        Host.Run("Stop-TracerCapture; Start-TracerCapture live.scap -Force");
        Assert.Equal(2, Captures.Count);
    }

    [Theory]
    [InlineData("$folder", "CapturePathIsDirectory")]
    [InlineData("variable:x", "NotAFileSystemPath")]
    [InlineData("nosuchdrive:x", "PathNotUsable")]
    [InlineData("x.scap -Duration 0s", "DurationNotPositive")]
    [InlineData("x.scap -Duration '-1s'", "DurationNotPositive")]
    [InlineData("x.scap -BufferSize 20MB", "BufferSizeNotPowerOfTwo")]
    [InlineData("x.scap -RotateCount 3", "RotateCountWithoutSize")]
    [InlineData("x.scap -Duration 10", "ParameterArgumentTransformationError ParameterBindingFailed CannotConvertArgumentNoMessage")]
    [InlineData("x.scap -SnapLength 5000", "ParameterArgumentValidationError")]
    [InlineData("x.scap -BufferSize 1KB", "ParameterArgumentValidationError")]
    [InlineData("-", "CaptureToStandardOutput")]
    [InlineData("x.scap -RotateSize 100", "RotateSizeTooSmall")]
    [InlineData("x.scap -MaxSize 0", "ParameterArgumentValidationError")]
    [InlineData("x.scap -Syscall reed", "ParameterArgumentValidationError")]
    [InlineData("x.scap -Mode Half", "ParameterArgumentTransformationError ParameterBindingFailed CannotConvertArgumentNoMessage")]
    public void What_cannot_be_is_one_error_before_anything_begins(string arguments, string ids)
    {
        Host.Try($"Start-TracerCapture {arguments}");
        Assert.Contains(Assert.Single(ShortErrorIds), ids.Split(' '));
        Assert.Empty(Captures);
        Assert.False(File.Exists(FileName("x.scap")));
    }

    [Theory]
    [InlineData("-BufferSize 20MB", "16MB or 32MB")]
    [InlineData("-BufferSize 5000", "4KB or 8KB")]
    [InlineData("-Syscall openat_", "Tab after -Syscall offers the names.")]
    [InlineData("-Syscall opena", "Did you mean openat, openat2?")]
    [InlineData("-Syscall READV", "Did you mean preadv, preadv2, process_vm_readv, readv?")]
    public void The_error_says_what_can_be(string parameters, string hint)
    {
        Host.Try($"Start-TracerCapture x.scap {parameters}");
        Assert.Contains(hint, Assert.Single(Host.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_capture_that_cannot_begin_is_one_error_with_the_words_of_the_engine(CaptureStartFailure failure, string id, ErrorCategory category)
    {
        Refusal = new CaptureStartException(failure, "This is why. Do that.");
        Assert.Empty(Host.Try("Start-TracerCapture live.scap"));
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.Equal($"{id},Tracers.Commands.StartTracerCaptureCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("This is why. Do that.", error.Exception.Message);
        Assert.Equal(FileName("live.scap"), error.TargetObject);
        Assert.Empty(Host.Run("Get-TracerCapture | Where-Object State -eq Running"));
    }

    [Fact]
    public void Every_reason_of_the_engine_has_an_id_of_its_own()
    {
        Assert.Equal(Enum.GetValues<CaptureStartFailure>(), Failures.Select(row => (CaptureStartFailure)row[0]));
        Assert.Equal(Failures.Count, Failures.Select(row => (string)row[1]).Distinct().Count());
    }

    [Fact]
    public void WhatIf_names_the_file_and_what_is_attached()
    {
        string text = Host.Text("Start-TracerCapture live.scap -WhatIf");
        Assert.Equal(
            $"""What if: Performing the operation "Record the system calls of this machine (eBPF programs on sys_enter, sys_exit, sched_process_fork, sched_process_exec and sched_process_exit)" on target "{FileName("live.scap")}".""",
            text.Trim());
        Assert.Empty(Captures);
    }

    [Fact]
    public async Task Wait_writes_nothing_until_the_end_and_then_the_capture_only_with_PassThru()
    {
        Task<IReadOnlyList<PSObject>> script = await RunUntilItWaits("Start-TracerCapture live.scap -Wait");
        Capture.ReachEnd();
        Assert.Empty(await script);
        script = await RunUntilItWaits("Start-TracerCapture live2.scap -Wait -PassThru");
        Capture.ReachEnd();
        Assert.Equal(TracerRecordingState.Ended, Recording(Assert.Single(await script)).State);
        Assert.All(Captures, c => Assert.Equal(1, c.Stops));
        Assert.All(Captures, c => Assert.Equal(1, c.Disposals));
    }

    [Fact]
    public async Task Wait_shows_how_far_the_capture_is()
    {
        Task<IReadOnlyList<PSObject>> script = await RunUntilItWaits("Start-TracerCapture live.scap -Wait -Duration 10s");
        Capture.Progress = new CaptureProgress(20_000, 3 << 20, 7, 12, TimeSpan.FromMilliseconds(3), TimeSpan.FromSeconds(2));
        await Task.Delay(1200);
        Capture.ReachEnd();
        await script;
        ProgressRecord shown = Assert.Single(Host.Progress, r => r.StatusDescription.StartsWith("10,000 events/s", StringComparison.Ordinal));
        Assert.Equal("Recording live.scap (Ctrl+C ends it)", shown.Activity);
        Assert.Equal("10,000 events/s, 3.00 MB, 12 spans, 7 lost, 3ms behind", shown.StatusDescription);
        Assert.Equal(20, shown.PercentComplete);
        Assert.Equal(ProgressRecordType.Completed, Host.Progress[^1].RecordType);
    }

    [Fact]
    public async Task After_Ctrl_C_the_console_says_what_there_is_and_what_was_lost()
    {
        Progress = new CaptureProgress(100_000, 3 << 20, 1234, 12, default, TimeSpan.FromSeconds(1));
        Task<IReadOnlyList<PSObject>> script = await RunUntilItWaits("$null = Start-TracerCapture live.scap -Wait");
        Host.Stop();
        await script;
        Assert.Contains("100,000 events and 12 spans in 1s, 3.00 MB in '", Host.Console, StringComparison.Ordinal);
        Assert.Contains("WARNING: The capture into '", Host.Console, StringComparison.Ordinal);
        Assert.Contains("lost 1,234 events", Host.Console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_while_it_waits_ends_the_capture_once_and_quietly()
    {
        Task<IReadOnlyList<PSObject>> script = await RunUntilItWaits("Start-TracerCapture live.scap -Wait -PassThru; 'never'");
        Host.Stop();
        Assert.Empty(await script);
        Assert.True(Host.WasStopped);
        Assert.Empty(Host.Errors);
        Assert.Equal(1, Capture.Stops);
        Assert.Equal(1, Capture.Disposals);
        Assert.Equal("Ended", Lines("Get-TracerCapture | ForEach-Object { $_.State }")[^1]);
        Assert.NotEmpty(Host.Run("Measure-TracerIO"));
        Assert.Equal(1, Capture.Stops);
    }

    [Fact]
    public async Task Ctrl_C_while_it_begins_leaves_no_capture()
    {
        int before = Host.Run("Get-TracerCapture").Count;
        using ManualResetEventSlim beginning = new();
        SessionRecordings.Of(Host.Runspace).Source = (_, cancellation) =>
        {
            beginning.Set();
            cancellation.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellation);
        };
        Task<IReadOnlyList<PSObject>> script = Task.Run(() => Host.Try("Start-TracerCapture live.scap; 'never'"));
        Assert.True(beginning.Wait(TimeSpan.FromSeconds(20)));
        Host.Stop();
        Assert.Empty(await script);
        Assert.True(Host.WasStopped);
        Assert.Empty(Host.Errors);
        Assert.Equal(before, Host.Run("Get-TracerCapture").Count);
    }

    [Theory]
    [InlineData("Start-TracerCapture live.scap -Wait")]
    [InlineData("$null = Start-TracerCapture live.scap; $null = Wait-TracerCapture")]
    public async Task Lost_events_are_warned_about_with_what_to_do(string script)
    {
        Progress = new CaptureProgress(100_000, 1 << 20, 1234, 0, default, TimeSpan.FromSeconds(1));
        Task<IReadOnlyList<PSObject>> run = await RunUntilItWaits(script);
        Capture.ReachEnd();
        await run;
        string warning = Assert.Single(Host.Warnings);
        Assert.Contains("lost 1,234 events", warning, StringComparison.Ordinal);
        foreach (string remedy in (string[])["-BufferSize", "-SnapLength", "-ProcessId", "-Syscall"])
            Assert.Contains(remedy, warning, StringComparison.Ordinal);
    }
}
