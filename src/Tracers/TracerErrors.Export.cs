using System.Management.Automation;
using Tracers.Engine.Export.Spans;

namespace Tracers;

/// <content>What goes wrong with a file that is written.</content>
internal static partial class TracerErrors
{
    /// <summary>Why a capture is read twice for whole traces, for <see cref="CanBeReadOnlyOnce"/>.</summary>
    public const string WholeTraces = "Whole traces are found in one reading and taken in another";

    public static ErrorRecord DestinationExists(string path) => new(
        new IOException($"'{path}' is there already. Give another -Destination, or -Force to replace it."),
        nameof(DestinationExists),
        ErrorCategory.ResourceExists,
        path);

    /// <param name="path">The folder.</param>
    /// <param name="example">Name of a file as it would be written.</param>
    public static ErrorRecord DestinationIsDirectory(string path, string example) => new(
        new ArgumentException($"'{path}' is a folder. Give -Destination the name of a file in it, such as '{System.IO.Path.Join(path, example)}'."),
        nameof(DestinationIsDirectory),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord DestinationIsSource(string path) => new(
        new ArgumentException($"'{path}' is itself read, and would be lost. Give another -Destination."),
        nameof(DestinationIsSource),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord DestinationNotWritable(string path, Exception reason) => new(
        new IOException($"'{path}' could not be written: {reason.Message} Check the folder, its permissions and the space on the disk.", reason),
        nameof(DestinationNotWritable),
        ErrorCategory.WriteError,
        path);

    public static ErrorRecord DestinationIsNoFile(string path) => new(
        new ArgumentException($"'{path}' is a pipe or a device, and a capture is written to a file. Give -Destination the name of one."),
        nameof(DestinationIsNoFile),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord NothingToExport(string path) => new(
        new ItemNotFoundException($"No event is selected, and a capture without events cannot be read: '{path}' was not written. Ask for more, or see with Get-TracerEvent what there is."),
        nameof(NothingToExport),
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord OnlyForCaptures(string parameter, string destination) => new(
        new ArgumentException($"-{parameter} is for captures, and '{destination}' is to become text. Leave it out, or add -Format Scap."),
        nameof(OnlyForCaptures),
        ErrorCategory.InvalidArgument,
        parameter);

    public static ErrorRecord NoSpansToExport(string path) => new(
        new ItemNotFoundException($"No span is selected: '{path}' was not written. Ask for more, or see with Get-TracerSpan what there is."),
        nameof(NoSpansToExport),
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>There are spans, and the format has no place for any.</summary>
    public static ErrorRecord NoSpansToDraw(string path, TracerSpanFormat format) => new(
        new ItemNotFoundException($"No selected span can be drawn by -Format {format}: their beginning is not in the capture, or they have not ended. '{path}' was not written. -Format Chrome, Csv and Json have these spans as well."),
        nameof(NoSpansToDraw),
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>A weight that the format does not know.</summary>
    public static ErrorRecord WeightNotForFormat(StackWeight weight, TracerSpanFormat format) => new(
        new ArgumentException(format == TracerSpanFormat.Collapsed
            ? $"Stacks are summed, and -Weight {weight} lays spans out in time. Give -Weight SelfTime or Bytes, or -Format Speedscope."
            : $"-Weight {weight} is for -Format Speedscope and Collapsed; {format} has all numbers of the spans, with -IO also their bytes. Leave it out."),
        nameof(WeightNotForFormat),
        ErrorCategory.InvalidArgument,
        weight);

    /// <summary>Spans from the pipeline do not know what was done in them.</summary>
    public static ErrorRecord SpansWithoutIO(TracerSpan span, string parameter) => new(
        new ArgumentException($"-{parameter} needs what was done in the spans, and these were read without. Read them with it: Get-TracerSpan -LiteralPath {Quoted(span.Path)} -IO, or add -WholeTrace, which reads the capture again."),
        nameof(SpansWithoutIO),
        ErrorCategory.InvalidArgument,
        span);
}
