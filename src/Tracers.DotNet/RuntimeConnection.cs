using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;
using Tracers.DotNet.Processes;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet;

/// <summary>Opens the way to a runtime, and says what is wrong with it.</summary>
internal static class RuntimeConnection
{
    /// <summary>A client of the runtime of a process that answers.</summary>
    /// <exception cref="RuntimeAccessException">There is no such process, no runtime in it, or it does not answer.</exception>
    public static DiagnosticsClient Open(int pid) => Open(pid, out _);

    /// <summary>The same, with what is known of the process.</summary>
    public static DiagnosticsClient Open(int pid, out RuntimeProcess process)
    {
        if (ProcessFinder.Find(pid, out string? socket) is not { } found)
        {
            throw new RuntimeAccessException(Directory.Exists($"/proc/{pid}")
                ? $"Process {pid} has no .NET runtime, or one that this account may not see. Get-TracerDotNetProcess lists those that can be listened to."
                : $"There is no process {pid}. Get-TracerDotNetProcess lists the processes with a .NET runtime.");
        }

        process = found;
        if (process.Problem is { } problem)
            throw new RuntimeAccessException($"Process {pid} ({process.Name}) cannot be listened to. {problem}");

        // By the path and not by the pid: only so is a process in a container found.
        return DiagnosticsClientConnector.FromDiagnosticPort($"{socket},connect", CancellationToken.None).GetAwaiter().GetResult().Instance;
    }

    /// <summary>What went wrong on the way to a runtime as an error for the user; null for anything else.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="e">What was thrown.</param>
    /// <param name="what">What could not be done, as the predicate of a sentence.</param>
    public static RuntimeAccessException? ToAccessException(int pid, Exception e, string what) => e switch
    {
        OperationCanceledException => new RuntimeAccessException($"Process {pid} {what}: its runtime did not answer in time. Look whether it is stopped or very busy, and try again.", e),
        ServerNotAvailableException or EndOfStreamException or SocketException or IOException =>
            new RuntimeAccessException($"Process {pid} {what}: {e.Message.TrimEnd('.')}. Look whether it still runs: Get-TracerDotNetProcess -Id {pid}", e),
        DiagnosticsClientException => new RuntimeAccessException($"Process {pid} {what}; its runtime says: {e.Message.TrimEnd('.')}. Try a newer version of .NET in it.", e),
        _ => null,
    };
}
