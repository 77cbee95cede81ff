using System.Globalization;
using Tracers.Engine.Capture;
using Tracers.Live;

namespace Tracers;

/// <summary>A live capture of this machine, while it runs and after its end. What it tells is true of the moment in which it is asked.</summary>
public sealed class TracerRecording
{
    private readonly ILiveCapture _capture;
    private readonly Lock _ending = new();
    private bool _ended;
    private int _failureTold;

    internal TracerRecording(int id, ILiveCapture capture)
    {
        Id = id;
        _capture = capture;
    }

    /// <summary>Its number in this session.</summary>
    public int Id { get; }

    /// <summary>The file; of a capture that writes several, the newest.</summary>
    public string Path => _capture.Files is [.., { } newest] ? newest : _capture.Options.Path;

    /// <summary>All files that it has written and kept, the newest last.</summary>
    public IReadOnlyList<string> Files => _capture.Files;

    /// <summary>Whether it still records.</summary>
    public TracerRecordingState State =>
        !_capture.HasEnded ? TracerRecordingState.Running : _capture.Error is null ? TracerRecordingState.Ended : TracerRecordingState.Failed;

    /// <summary>When it began.</summary>
    public Timestamp Started => _capture.Started;

    /// <summary>How long it has recorded.</summary>
    public Duration Elapsed => _capture.Progress.Elapsed;

    /// <summary>Events in the file; a call is two, its beginning and its end.</summary>
    public long Events => _capture.Progress.Events;

    /// <summary>Events a second, over the whole time; null before the first.</summary>
    public double? Rate => _capture.Progress is { Elapsed.Ticks: > 0 } progress ? progress.Events / progress.Elapsed.TotalSeconds : null;

    /// <summary>Bytes written, before compression.</summary>
    public long Size => _capture.Progress.Bytes;

    /// <summary>Events that found no room between the kernel and the file: counts, bytes and spans are too low by what they would have told.</summary>
    public long LostEvents => _capture.Progress.LostEvents;

    /// <summary>How far the file is behind the machine; null when it has ended.</summary>
    public Duration? Lag => State == TracerRecordingState.Running ? _capture.Progress.Lag : null;

    /// <summary>Spans that have ended.</summary>
    public long Spans => _capture.Progress.Spans;

    /// <summary>How much of each call is recorded.</summary>
    public CaptureMode Mode => _capture.Options.Mode;

    /// <summary>What ended it before its time; null while it runs and after a proper end.</summary>
    public Exception? Error => _capture.HasEnded ? _capture.Error : null;

    /// <summary>What went wrong with the .NET processes that it listened to, a sentence each; known when it has ended.</summary>
    public IReadOnlyList<string> Problems => _capture.HasEnded ? _capture.Problems : [];

    /// <summary>A property as the views show it.</summary>
    /// <param name="property">The property's name, or <c>File</c> for the name of the file without its folder.</param>
    public string ToText(string property) => property switch
    {
        "File" => System.IO.Path.GetFileName(Path),
        nameof(Size) => Views.Bytes(Size),
        nameof(Rate) => Rate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s") : "",
        nameof(Error) => Error?.Message ?? "",
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    /// <summary>Its file.</summary>
    public override string ToString() => Path;

    internal CaptureOptions Options => _capture.Options;

    internal CaptureProgress Progress => _capture.Progress;

    /// <summary>Whether it writes, or wrote, to a file.</summary>
    internal bool Writes(string path) =>
        string.Equals(path, _capture.Options.Path, StringComparison.Ordinal) || _capture.Files.Contains(path, StringComparer.Ordinal);

    internal bool Wait(TimeSpan timeout, CancellationToken cancellation) => _capture.Wait(timeout, cancellation);

    /// <summary>Ends it, once; returns when the file is whole, whoever ends it.</summary>
    internal void End()
    {
        lock (_ending)
        {
            if (_ended)
                return;
            _ended = true;
            _capture.Stop();
            _capture.Dispose();
        }
    }

    /// <summary>True for the first who asks of a failed capture: so that a list of captures tells a failure once.</summary>
    internal bool MustTellFailure() => State == TracerRecordingState.Failed && Interlocked.Exchange(ref _failureTold, 1) == 0;
}
