using System.Globalization;
using System.Management.Automation;
using Tracers.Engine.Capture;

namespace Tracers;

/// <content>Errors of recording.</content>
internal static partial class TracerErrors
{
    public static ErrorRecord CaptureExists(string path) => new(
        new IOException($"'{path}' is there already. Give another -Path, or -Force to replace it."),
        nameof(CaptureExists),
        ErrorCategory.ResourceExists,
        path);

    public static ErrorRecord CapturePathIsDirectory(string path) => new(
        new ArgumentException($"'{path}' is a folder. Give -Path the name of a file in it, such as '{Path.Join(path, "capture.scap")}'."),
        nameof(CapturePathIsDirectory),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord CaptureFileInUse(string path, int id) => new(
        new IOException(Text($"Capture {id} of this session is writing '{path}'. Give another -Path, or end that one first: Stop-TracerCapture -Id {id}.")),
        nameof(CaptureFileInUse),
        ErrorCategory.ResourceBusy,
        path);

    public static ErrorRecord DurationNotPositive(Duration duration) => new(
        new ArgumentException($"A capture of {duration} records nothing. Give -Duration a length such as 10s."),
        nameof(DurationNotPositive),
        ErrorCategory.InvalidArgument,
        duration);

    public static ErrorRecord BufferSizeNotPowerOfTwo(int size)
    {
        int below = 1 << int.Log2(size);
        return new ErrorRecord(
            new ArgumentException(Text($"A buffer is a power of two, and {size} bytes are none. Give -BufferSize {InUnits(below)} or {InUnits(2L * below)}.")),
            nameof(BufferSizeNotPowerOfTwo),
            ErrorCategory.InvalidArgument,
            size);
    }

    public static ErrorRecord RotateCountWithoutSize(int count) => new(
        new ArgumentException(Text($"-RotateCount {count} says how many files are kept, and without -RotateSize there is one. Say after how many bytes a new file begins, such as -RotateSize 100MB.")),
        nameof(RotateCountWithoutSize),
        ErrorCategory.InvalidArgument,
        count);

    public static ErrorRecord RotateSizeTooSmall(long size) => new(
        new ArgumentException(Text($"-RotateSize {size} is a number of bytes, and each file begins with all processes and descriptors of the machine. Give 1MB or more, such as -RotateSize 100MB.")),
        nameof(RotateSizeTooSmall),
        ErrorCategory.InvalidArgument,
        size);

    public static ErrorRecord CaptureToStandardOutput() => new(
        new ArgumentException("A capture is written to a file: -Path - is standard input of the commands that read. Give -Path the name of a file, which can be read while it grows; './-' is a file with this name."),
        nameof(CaptureToStandardOutput),
        ErrorCategory.InvalidArgument,
        "-");

    /// <summary>A live capture could not begin: the engine's message says why and what to do.</summary>
    public static ErrorRecord FromStarting(CaptureStartException reason, string path)
    {
        (string id, ErrorCategory category) = reason.Failure switch
        {
            CaptureStartFailure.NotSupported => ("CaptureNotSupported", ErrorCategory.NotImplemented),
            CaptureStartFailure.NoRights => ("CaptureNoRights", ErrorCategory.PermissionDenied),
            CaptureStartFailure.NoBtf => ("CaptureNoBtf", ErrorCategory.ResourceUnavailable),
            CaptureStartFailure.NoLibbpf => ("CaptureNoLibbpf", ErrorCategory.NotInstalled),
            CaptureStartFailure.KernelTooOld => ("CaptureKernelTooOld", ErrorCategory.ResourceUnavailable),
            CaptureStartFailure.Forbidden => ("CaptureForbidden", ErrorCategory.SecurityError),
            CaptureStartFailure.Path => ("CapturePathNotWritable", ErrorCategory.WriteError),
            CaptureStartFailure.Option => ("CaptureOptionNotPossible", ErrorCategory.InvalidArgument),
            _ => ("CaptureNotStarted", ErrorCategory.OpenError),
        };
        return new ErrorRecord(reason, id, category, path);
    }

    public static ErrorRecord CaptureFailed(TracerRecording recording, Exception reason) => new(
        new IOException(
            $"The capture into '{recording.Path}' ended before its time: {reason.Message.TrimEnd('.')}. What was written until then stays readable: Get-TracerCapture -LiteralPath {Quoted(recording.Path)}",
            reason),
        nameof(CaptureFailed),
        ErrorCategory.WriteError,
        recording);

    /// <summary>A command that falls back on the session's running capture has none to fall back on.</summary>
    public static ErrorRecord NoCaptureStarted(string command) => new(
        new InvalidOperationException($"No capture has been started in this session, so {command} has none to work on. Start-TracerCapture starts one."),
        nameof(NoCaptureStarted),
        ErrorCategory.InvalidOperation,
        null);

    public static ErrorRecord SeveralCapturesRunning(string command, IEnumerable<int> ids) => new(
        new InvalidOperationException($"Several captures are running. Name those that you mean: {command} -Id {string.Join(", ", ids)}; or pipe them from Get-TracerCapture."),
        nameof(SeveralCapturesRunning),
        ErrorCategory.InvalidOperation,
        null);

    public static ErrorRecord CaptureIdNotFound(int id) => new(
        new ItemNotFoundException(Text($"This session has started no capture with the id {id}. Get-TracerCapture lists those that it has.")),
        nameof(CaptureIdNotFound),
        ErrorCategory.ObjectNotFound,
        id);

    public static ErrorRecord NoCaptureWritesTo(string path) => new(
        new ItemNotFoundException($"No capture of this session writes, or wrote, '{path}'. Get-TracerCapture lists those that it has started."),
        nameof(NoCaptureWritesTo),
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord TimeoutNegative(Duration timeout) => new(
        new ArgumentException($"A wait of {timeout} has no meaning. Give -Timeout a length such as 10s; without it the wait has no limit."),
        nameof(TimeoutNegative),
        ErrorCategory.InvalidArgument,
        timeout);

    public static ErrorRecord CaptureStillRunning(TracerRecording recording, Duration timeout) => new(
        new TimeoutException(Text($"Capture {recording.Id} into '{recording.Path}' still runs after {timeout}. Wait longer, or end it: Stop-TracerCapture -Id {recording.Id}.")),
        nameof(CaptureStillRunning),
        ErrorCategory.OperationTimeout,
        recording);

    private static string InUnits(long bytes) => Text($"{(bytes >= 1 << 20 ? bytes >> 20 : bytes >> 10)}{(bytes >= 1 << 20 ? "MB" : "KB")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
