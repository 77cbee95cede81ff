using Tracers.DotNet;
using Tracers.Engine.Capture;
using Tracers.Engine.Runtimes;
using Tracers.Tests.Engine;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.Live;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>Captures that reach their limits while events wait for what runtimes say.</summary>
[Collection(LiveCollection.Name)]
public sealed class RuntimeRecordingLimitsTests : IDisposable
{
    private const int Rate = 50_000;
    private const long Megabyte = 1 << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void What_waits_counts_for_the_size_that_a_capture_may_have()
    {
        using CaptureSession session = Run("most.scap", options => options with { MaxBytes = 3 * Megabyte });
        Assert.Null(session.Error);
        Assert.InRange(new FileInfo(session.Options.Path).Length, 5 * Megabyte / 2, 4 * Megabyte);
        Assert.Null(Reading.OfFile(session.Options.Path).Error);
    }

    [SkippableFact]
    public void What_waits_counts_for_the_size_at_which_the_next_file_of_a_row_begins()
    {
        using CaptureSession session = Run("row.scap", options => options with { RotateBytes = 2 * Megabyte, MaxBytes = 5 * Megabyte }, Rate / 4);
        Assert.Null(session.Error);

        // Of the later ones it may be more: the next begins when the one before has all of its events.
        Assert.InRange(session.Files.Count, 2, 3);
        Assert.InRange(new FileInfo(session.Files[0]).Length, 3 * Megabyte / 2, 5 * Megabyte / 2);
        Assert.All(session.Files, file => Assert.Null(Reading.OfFile(file).Error));
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData(Megabyte)]
    public void On_a_full_disk_nothing_stays_attached_and_what_went_wrong_before_is_told_too(long? rotate)
    {
        LiveMachine.Require();
        using SmallDisk disk = new(Path.Join(_folder.FullName, "disk"));
        using CaptureSession session = Run("disk/full.scap", options => options with { RotateBytes = rotate });
        Assert.Contains("No space left on device", session.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("nosuch", Assert.Single(session.Problems), StringComparison.Ordinal);
        Assert.Empty(KernelObject.HeldBy(Environment.ProcessId));
    }

    private CaptureSession Run(string file, Func<CaptureOptions, CaptureOptions> with, int rate = Rate)
    {
        LiveMachine.Require();
        CaptureSession session = CaptureSession.Start(with(new CaptureOptions
        {
            Path = Path.Join(_folder.FullName, file),
            ProcessIds = [Environment.ProcessId],
            Duration = s_patience,
            Runtimes = new RuntimeOptions { Diagnostics = new RuntimeDiagnostics(), ProcessNames = ["nosuch"] },
        }));
        using (new SteadyCalls(rate))
            Assert.True(session.Wait(s_patience));
        return session;
    }
}
