using Tracers.Engine;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Differential;

/// <summary>
/// What csysdig's sums of bytes have too much: evt.buflen.file and evt.buflen.net count what calls such as fcntl and ioctl return, which is no number of bytes;
/// and too little: what sendfile and the like move.
/// </summary>
internal readonly struct OtherResults(Dictionary<int, (long File, long Network)> sums) : IPassSink
{
    public SinkWants Wants => SinkWants.Events | SinkWants.Io;

    /// <summary>The difference for each process.</summary>
    public static Dictionary<int, (long File, long Network)> Read(string path)
    {
        Dictionary<int, (long File, long Network)> sums = [];
        using CapturePass pass = new(path, keepArguments: false, CancellationToken.None);
        OtherResults sink = new(sums);
        pass.Run(ref sink);
        return sums;
    }

    public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
    {
        if (e.IsExit && EventTable.Infos[e.Type].Category == "io-other" && outcome.Result > 0)
            Add(in outcome, outcome.Result);
    }

    public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span)
    {
    }

    public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
    {
        if (outcome.Result > 0 && (EventKinds.ByType[e.Type] & EventKinds.Transfer) != 0)
            Add(in outcome, -outcome.Result);
    }

    public void Span(SpanNode span)
    {
    }

    private void Add(scoped in EventOutcome outcome, long bytes)
    {
        if (outcome.Fd is not { } fd)
            return;
        (long file, long network) = sums.GetValueOrDefault(outcome.Thread.Pid);
        sums[outcome.Thread.Pid] = fd.Kind == FdKind.File ? (file + bytes, network) : fd.Kind.IsNetwork() ? (file, network + bytes) : (file, network);
    }
}
