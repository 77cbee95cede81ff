using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Tracers.Tests.DotNet;

/// <summary>Somebody who wants a process's hook to mark.</summary>
internal sealed class HookSession : IDisposable
{
    // By then the runtime has tried to write to who has gone away, and the hook has been told; both a second or less apart.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    private readonly EventPipeSession _session;
    private readonly Task _reading;

    private HookSession(EventPipeSession session)
    {
        _session = session;
        _reading = Task.Run(() =>
        {
            byte[] buffer = new byte[4096];
            try
            {
                while (session.EventStream.Read(buffer) > 0)
                {
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Closed by the test.
            }
        });
    }

    public static void Inject(int pid) => new DiagnosticsClient(pid).ApplyStartupHook(DotNetService.Hook);

    public static HookSession Start(int pid) =>
        new(new DiagnosticsClient(pid).StartEventPipeSession([new EventPipeProvider("Tracers-Marks", EventLevel.Informational)], requestRundown: false));

    /// <summary>Ends it in good order.</summary>
    public void Stop()
    {
        _session.Stop();
        _reading.Wait(s_patience);
        _session.Dispose();
    }

    /// <summary>Closes its connection and nothing else, which is what the kernel does for a process that was killed; waits until the hook can know it.</summary>
    public void Abandon()
    {
        _session.Dispose();
        Thread.Sleep(s_patience);
    }

    public void Dispose() => _session.Dispose();
}
