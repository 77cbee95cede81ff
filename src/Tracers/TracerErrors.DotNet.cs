using System.Management.Automation;
using Tracers.Engine.Export;

namespace Tracers;

/// <content>Errors of processes in which .NET runs.</content>
internal static partial class TracerErrors
{
    public static ErrorRecord DotNetProcessesNotSupported() => new(
        new PlatformNotSupportedException("Processes with a .NET runtime are found on Linux only. Use this command there."),
        nameof(DotNetProcessesNotSupported),
        ErrorCategory.NotImplemented,
        null);

    public static ErrorRecord DotNetProcessNotFound(string name) => new(
        new ItemNotFoundException($"No process named '{name}' runs .NET. Names are those of the process or of its program's assembly; Get-TracerDotNetProcess lists all that this account may see."),
        nameof(DotNetProcessNotFound),
        ErrorCategory.ObjectNotFound,
        name);

    public static ErrorRecord DotNetProcessIdNotFound(int id) => new(
        new ItemNotFoundException(Text($"There is no process {id} with a .NET runtime. Get-TracerDotNetProcess lists all that this account may see.")),
        nameof(DotNetProcessNotFound),
        ErrorCategory.ObjectNotFound,
        id);

    public static ErrorRecord HookWithoutProcess() => new(
        new ArgumentException("-DotNetHook says how .NET processes are listened to, and none is named. Add -DotNet with their ids or names; Get-TracerDotNetProcess lists them."),
        nameof(HookWithoutProcess),
        ErrorCategory.InvalidArgument,
        null);

    public static ErrorRecord OneCaptureToJoin(string path) => new(
        new ArgumentException($"One capture is joined at a time, and '{path}' is the second. Call Join-TracerCapture for each, with a -Destination of its own."),
        nameof(OneCaptureToJoin),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord TraceIsNoCapture(string path) => new(
        new ArgumentException($"'{path}' is a trace of a .NET runtime, and traces are joined to a capture of the machine. Give the capture to -Path and the trace to -DotNet; what is in a trace alone every other command shows."),
        nameof(TraceIsNoCapture),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord NotOfOneMachine(string path, JoinException reason) => new(
        new InvalidDataException($"'{path}' and a trace cannot be joined: {reason.Message}. Join what was recorded at the same time on one machine.", reason),
        nameof(NotOfOneMachine),
        ErrorCategory.InvalidData,
        path);

    public static ErrorRecord NothingToJoin(string path, string destination) => new(
        new ItemNotFoundException($"The traces have no span that begins and ends while '{path}' was recorded: '{destination}' was not written. Join what was recorded at the same time on one machine; Get-TracerSpan shows the spans of a trace."),
        nameof(NothingToJoin),
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord RuntimeLibraryMissing(FileNotFoundException reason) => new(
        reason,
        nameof(RuntimeLibraryMissing),
        ErrorCategory.NotInstalled,
        reason.FileName);
}
