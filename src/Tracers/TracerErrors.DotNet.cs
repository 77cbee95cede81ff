using System.Management.Automation;

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
        new ItemNotFoundException($"No process named '{name}' runs .NET. Names are those of the kernel, dotnet for a program that dotnet runs; Get-TracerDotNetProcess lists all that this account may see."),
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

    public static ErrorRecord RuntimeLibraryMissing(FileNotFoundException reason) => new(
        reason,
        nameof(RuntimeLibraryMissing),
        ErrorCategory.NotInstalled,
        reason.FileName);
}
