using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Many filters over one capture, in one pass.</summary>
internal static class FilterCandidates
{
    /// <summary>The numbers of the events that each filter accepts, and how many events a listing shows in all.</summary>
    public static (List<long>[] Accepted, Dictionary<long, int> TypeByNumber) Run(string path, IReadOnlyList<string> filters)
    {
        Dictionary<long, int> types = [];
        List<long>[] accepted = [.. filters.Select(static _ => new List<long>())];
        using CapturePass pass = new(path, keepArguments: true, CancellationToken.None);
        CandidateSink sink = new([.. filters.Select(f => new EventFilter(pass, new EventQuery { Filter = CaptureFilter.Parse(f) }))], accepted, types);
        try
        {
            pass.Run(ref sink);
        }
        catch (ScapFormatException)
        {
            // sysdig, too, has what is whole.
        }

        return (accepted, types);
    }

    private readonly struct CandidateSink(EventFilter[] filters, List<long>[] accepted, Dictionary<long, int> types) : IPassSink
    {
        public SinkWants Wants => SinkWants.Events;

        public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
        {
            if (outcome.Hidden || EventFilter.IsHidden(EventTable.Infos[e.Type]))
                return;
            types[number] = e.Type;
            for (int i = 0; i < filters.Length; i++)
            {
                if (filters[i].Accepts(in e, in outcome, number))
                    accepted[i].Add(number);
            }
        }

        public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
        {
            types[number] = e.Type;
            for (int i = 0; i < filters.Length; i++)
            {
                if (filters[i].AcceptsMarker(in e, in outcome, number, in marker, span))
                    accepted[i].Add(number);
            }
        }

        public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
        {
        }

        public void Span(SpanNode span)
        {
        }
    }
}
