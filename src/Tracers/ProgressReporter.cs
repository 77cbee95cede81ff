using System.Management.Automation;

namespace Tracers;

/// <summary>Shows how far the reading of a capture has come, seldom enough to cost nothing.</summary>
/// <remarks>
/// Nothing shows in the first half second, so that short runs show no progress; then at most five records a second. To be used on
/// the pipeline's thread, and disposed of, so that the bar goes away.
/// </remarks>
internal sealed class ProgressReporter : IDisposable
{
    private const int ActivityId = 1;

    private static readonly TimeSpan s_firstAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(200);

    private readonly Action<ProgressRecord> _write;
    private readonly TimeProvider _clock;
    private readonly long _begin;
    private string? _shown;
    private TimeSpan _next = s_firstAfter;

    /// <summary>Begins to count time.</summary>
    public ProgressReporter(Cmdlet command)
        : this(command.WriteProgress, TimeProvider.System)
    {
    }

    internal ProgressReporter(Action<ProgressRecord> write, TimeProvider clock)
    {
        _write = write;
        _clock = clock;
        _begin = clock.GetTimestamp();
    }

    /// <summary>Says how far the work is; most calls only look at the clock.</summary>
    /// <param name="bytesRead">Bytes of the file that are done.</param>
    /// <param name="totalBytes">The file's size; 0 or less if it is not known, and then no percentage shows.</param>
    /// <param name="activity">What is being done, such as <c>Reading load.scap</c>.</param>
    /// <param name="status">A second line, made when it is shown; null for the megabytes read.</param>
    public void Report(long bytesRead, long totalBytes, string activity, Func<string>? status = null)
    {
        TimeSpan elapsed = _clock.GetElapsedTime(_begin);
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + s_between;
        _shown = activity;
        var record = new ProgressRecord(ActivityId, activity, status?.Invoke() ?? Describe(bytesRead, totalBytes));
        if (totalBytes > 0)
        {
            double done = Math.Clamp(bytesRead / (double)totalBytes, 0, 1);
            record.PercentComplete = (int)(done * 100);
            record.SecondsRemaining = done > 0 ? (int)Math.Min(elapsed.TotalSeconds * (1 - done) / done, int.MaxValue) : -1;
        }

        _write(record);
    }

    /// <summary>Takes the bar away, if one was shown.</summary>
    public void Complete()
    {
        if (_shown is not null)
        {
            _write(new ProgressRecord(ActivityId, _shown, "Done") { RecordType = ProgressRecordType.Completed, PercentComplete = 100 });
            _shown = null;
        }
    }

    /// <inheritdoc cref="Complete"/>
    public void Dispose()
    {
        try
        {
            Complete();
        }
        catch (PipelineStoppedException)
        {
            // After Ctrl+C nothing may be written any more; the host takes its bars away itself.
        }
    }

    private static string Describe(long bytesRead, long totalBytes) => totalBytes > 0
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Megabytes(bytesRead):F0} of {Megabytes(totalBytes):F0} MB")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Megabytes(bytesRead):F0} MB");

    // PowerShell's own MB, 1024 times 1024 bytes.
    private static double Megabytes(long bytes) => bytes / 1048576.0;
}
