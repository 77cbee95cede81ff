using System.Management.Automation;

namespace Tracers;

/// <content>What goes wrong with a file that is written.</content>
internal static partial class TracerErrors
{
    public static ErrorRecord DestinationExists(string path) => new(
        new IOException($"'{path}' is there already. Give another -Destination, or -Force to replace it."),
        nameof(DestinationExists),
        ErrorCategory.ResourceExists,
        path);

    public static ErrorRecord DestinationIsDirectory(string path, string example) => new(
        new ArgumentException($"'{path}' is a folder. Give -Destination the name of a file in it, such as '{System.IO.Path.Join(path, example)}'."),
        nameof(DestinationIsDirectory),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord DestinationIsSource(string path) => new(
        new ArgumentException($"'{path}' is the capture itself, which would be lost. Give another -Destination."),
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
}
