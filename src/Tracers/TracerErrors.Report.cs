using System.Management.Automation;
using Tracers.Engine.Spans;

namespace Tracers;

/// <content>What goes wrong with reports.</content>
internal static partial class TracerErrors
{
    /// <summary>A second capture has no place.</summary>
    public static ErrorRecord ReportWritten(string destination, string path) => new(
        new IOException($"'{destination}' is the report of another capture that was just written, and '{path}' has one of its own. Give -Destination a folder, and captures of the same name one by one."),
        nameof(ReportWritten),
        ErrorCategory.ResourceExists,
        path);

    /// <summary>A page would replace a capture.</summary>
    public static ErrorRecord DestinationIsCapture(string path) => new(
        new ArgumentException($"'{path}' is a capture, which would be lost. Give another -Destination, or remove it first."),
        nameof(DestinationIsCapture),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord CaptureChangedMeanwhile(string path, CaptureChangedException reason) => new(
        new InvalidDataException($"'{path}' has become another capture while it was read: {reason.Message}. No report was written; export it again.", reason),
        nameof(CaptureChangedMeanwhile),
        ErrorCategory.InvalidData,
        path);

    public static ErrorRecord ReportNotOpened(string path, string why) => new(
        new InvalidOperationException($"'{path}' is written, and could not be opened: {why} Open it in a browser, or copy it to a machine that has one: it is all in this file."),
        nameof(ReportNotOpened),
        ErrorCategory.ResourceUnavailable,
        path);
}
