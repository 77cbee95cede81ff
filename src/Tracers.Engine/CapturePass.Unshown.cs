using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <content>
/// Events that only change the state, as captures hold them that are a part of another one. They are not listed and not counted; a marker among
/// them still begins or ends the span that others lie in. A span is listed if either of its markers is.
/// </content>
internal sealed partial class CapturePass
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeUnshown<TSink>(scoped in EventView e, scoped ref EventOutcome outcome, uint kind, long number, scoped ref TSink sink)
        where TSink : struct, IPassSink
    {
        // The mark on the write counts more than its descriptor: that may be of another time, where the file begins with lists of its own.
        bool mayBeMarker = e.IsExit && (kind & (uint)EventTraits.Io) == (uint)EventTraits.Writes
            && ((e.Flags & FlagMarker) != 0 || outcome.Fd is { MayCarryMarkers: true });
        if (mayBeMarker && TakeMarker(in e, ref outcome, number, isShown: false, ref sink))
            return;
        if ((sink.Wants & SinkWants.All) != 0)
            sink.Event(in e, in outcome, number);
    }
}
