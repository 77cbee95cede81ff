using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>Hands a pass to an export.</summary>
internal readonly struct ExportSink(CaptureExport export) : IPassSink
{
    public SinkWants Wants => SinkWants.Events | SinkWants.All;

    [MethodImpl(HotPath.Compile)]
    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (CapturePass.IsLoss(e.Type))
            export.TakeLoss(in e);
        else
            export.Take(in e, in outcome, number);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) =>
        export.TakeMarker(in e, in outcome, number, in marker, span);

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
    }

    public void Span(SpanNode span)
    {
    }
}
