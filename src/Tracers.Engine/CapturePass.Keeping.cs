using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine;

/// <content>What a pass keeps only for those who ask: to be said before it runs.</content>
internal sealed partial class CapturePass
{
    private readonly OpenSpans?[] _openSpans = new OpenSpans?[(int)SpanScope.Machine + 1];

    /// <summary>The open spans by what lies in them; null unless <see cref="KeepOpenSpans"/> was called.</summary>
    public OpenSpans? OpenSpansIn(SpanScope scope) => _openSpans[(int)scope];

    /// <summary>Makes <see cref="OpenSpansIn"/> known.</summary>
    public void KeepOpenSpans(SpanScope scope) => _openSpans[(int)scope] ??= new OpenSpans(State, Tracker, scope);

    /// <summary>Follows memory, page faults and time on cpus.</summary>
    public void KeepUse()
    {
        if (State.KeepsUse)
            return;
        State.KeepsUse = State.KeepsRecords = true;
        _kinds = EventKinds.WithUse();
    }
}
