using Microsoft.Diagnostics.NETCore.Client;
using Tracers.DotNet.Sessions;
using Tracers.Engine.Runtimes;

namespace Tracers.Tests.DotNet;

/// <summary>A .nettrace file of what a process does meanwhile.</summary>
internal static class RecordedTrace
{
    /// <summary>Records, as dotnet-trace does, until the work is done.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="path">The file.</param>
    /// <param name="work">What it is to be recorded at.</param>
    /// <param name="providers">What is recorded; null for what a capture would listen to.</param>
    public static async Task WriteAsync(int pid, string path, Func<Task> work, IReadOnlyList<EventPipeProvider>? providers = null)
    {
        using EventPipeSession session = await new DiagnosticsClient(pid).StartEventPipeSessionAsync(providers ?? SessionProviders.Of(RuntimeListening.Activities), requestRundown: false, 64, CancellationToken.None);
        await using FileStream file = new(path, FileMode.Create);
        Task copying = session.EventStream.CopyToAsync(file);
        await work();
        await session.StopAsync(CancellationToken.None);
        await copying;
    }
}
