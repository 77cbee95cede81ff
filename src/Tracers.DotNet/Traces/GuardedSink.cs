using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Traces;

/// <summary>Passes everything on, and remembers whether the sink itself has thrown: that is no fault of a file.</summary>
internal sealed class GuardedSink(IRuntimeSink sink) : IRuntimeSink
{
    /// <summary>Whether the sink has thrown.</summary>
    public bool Failed { get; private set; }

    public void Begin(RuntimeTrace trace)
    {
        Failed = true;
        sink.Begin(trace);
        Failed = false;
    }

    public void ActivityBegan(RuntimeMoment moment, RuntimeActivity activity)
    {
        Failed = true;
        sink.ActivityBegan(moment, activity);
        Failed = false;
    }

    public void ActivityEnded(RuntimeMoment moment, ulong id, IReadOnlyList<KeyValuePair<string, string>> tags, bool failed)
    {
        Failed = true;
        sink.ActivityEnded(moment, id, tags, failed);
        Failed = false;
    }

    public void ContextChanged(RuntimeMoment moment, Guid context)
    {
        Failed = true;
        sink.ContextChanged(moment, context);
        Failed = false;
    }

    public void RequestBegan(RuntimeMoment moment, RuntimeRequest request)
    {
        Failed = true;
        sink.RequestBegan(moment, request);
        Failed = false;
    }

    public void RouteFound(RuntimeMoment moment, Guid context, string route)
    {
        Failed = true;
        sink.RouteFound(moment, context, route);
        Failed = false;
    }

    public void SectionBegan(RuntimeMoment moment, RuntimeSection section)
    {
        Failed = true;
        sink.SectionBegan(moment, section);
        Failed = false;
    }

    public void SectionEnded(RuntimeMoment moment, long number, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        Failed = true;
        sink.SectionEnded(moment, number, arguments);
        Failed = false;
    }

    public void Reached(long time)
    {
        Failed = true;
        sink.Reached(time);
        Failed = false;
    }

    public void Lost(long events)
    {
        Failed = true;
        sink.Lost(events);
        Failed = false;
    }
}
