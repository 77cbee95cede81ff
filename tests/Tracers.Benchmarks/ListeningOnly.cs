using Tracers.DotNet;
using Tracers.Engine.Runtimes;

namespace Tracers.Benchmarks;

/// <summary>Listens to a .NET process as a capture does, without a capture: what that alone costs the process.</summary>
internal sealed class ListeningOnly : IRuntimeSink
{
    /// <summary>Says "listening", and listens until its input ends.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="hook">The startup hook that it loads; null to listen to its activities.</param>
    public static void Run(int pid, string? hook)
    {
        RuntimeDiagnostics diagnostics = new();
        if (hook is not null)
            diagnostics.Inject(pid, hook);
        using IRuntimeSession session = diagnostics.Listen(pid, hook is null ? RuntimeListening.Activities : RuntimeListening.Hook, new ListeningOnly());
        Console.WriteLine("listening");
        Console.In.ReadToEnd();
        session.Stop(TimeSpan.FromSeconds(2));
    }

    public void Begin(RuntimeTrace trace)
    {
    }

    public void ActivityBegan(RuntimeMoment moment, RuntimeActivity activity)
    {
    }

    public void ActivityEnded(RuntimeMoment moment, ulong id, IReadOnlyList<KeyValuePair<string, string>> tags, bool failed)
    {
    }

    public void ContextChanged(RuntimeMoment moment, Guid context)
    {
    }

    public void RequestBegan(RuntimeMoment moment, RuntimeRequest request)
    {
    }

    public void RouteFound(RuntimeMoment moment, Guid context, string route)
    {
    }

    public void SectionBegan(RuntimeMoment moment, RuntimeSection section)
    {
    }

    public void SectionEnded(RuntimeMoment moment, long number, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
    }

    public void Reached(long time)
    {
    }

    public void Lost(long events)
    {
    }
}
