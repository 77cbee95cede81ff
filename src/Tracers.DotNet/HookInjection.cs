using Microsoft.Diagnostics.NETCore.Client;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet;

/// <summary>Has a running process load a startup hook.</summary>
internal static class HookInjection
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>See <see cref="IRuntimeDiagnostics.Inject"/>.</summary>
    public static void Inject(int pid, string hook)
    {
        DiagnosticsClient client = RuntimeConnection.Open(pid, out RuntimeProcess process);
        HookFile.Check(process, process.User == Environment.UserName, hook);
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            client.ApplyStartupHookAsync(hook, patience.Token).GetAwaiter().GetResult();
        }
        catch (UnsupportedCommandException e)
        {
            throw new RuntimeAccessException($"Process {pid} runs a .NET older than 8, which loads no startup hook while it runs. Start it with DOTNET_STARTUP_HOOKS={hook}, or listen to it without a hook.", e);
        }
        catch (Exception e) when (RuntimeConnection.ToAccessException(pid, e, "could not load the hook") is { } access)
        {
            throw access;
        }
    }
}
