using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <content>Calls that move bytes between two descriptors without showing them, and those that move several messages.</content>
internal sealed partial class CaptureState
{
    private const int SendMessages = 51;
    private const int Splice = 167;
    private const int SendFile = 189;

    private readonly IoSide[] _sides = new IoSide[2];
    private int _sideCount;

    /// <summary>
    /// What the event that was applied last counts as, when it is an exit of the kind <see cref="EventKinds.Transfer"/>: a read and a write of the
    /// same bytes, one of both for a message, nothing where the file does not say what was moved.
    /// </summary>
    public ReadOnlySpan<IoSide> Sides => _sides.AsSpan(0, _sideCount);

    private void ApplyTransfer(in EventView e, ref EventOutcome outcome)
    {
        TracedThread thread = outcome.Thread;
        bool entered = thread.TryGetEnter(e.Type, out EventView enter);
        (long from, long to) = e.Type switch
        {
            SendFile => entered ? (enter.Int64(1, -1), enter.Int64(0, -1)) : (e.Int64(3, -1), e.Int64(2, -1)),
            Splice => entered ? (enter.Int64(0, -1), enter.Int64(1, -1)) : (e.Int64(1, -1), e.Int64(2, -1)),
            _ => (entered ? enter.Int64(0, -1) : e.Int64(3, -1), e.Int64(1, -1)),
        };

        // An error and the time in the call are charged once, to the side that is written: sums stay true.
        _sides[0] = new IoSide(Reads: true, thread.Fds[from], from, Math.Max(outcome.Result, 0), EventOutcome.UnknownLatency);
        _sides[1] = new IoSide(Reads: false, thread.Fds[to], to, outcome.Result, outcome.Latency);
        _sideCount = 2;

        // Where one descriptor is to stand for the call it is the one that the call names first, and in copy_file_range the output as in sysdig.
        outcome.FdNumber = e.Type == Splice ? from : to;
        outcome.Fd = thread.Fds[outcome.FdNumber];
    }

    private void ApplyMessages(in EventView e, ref EventOutcome outcome)
    {
        _sideCount = 0;
        if (e.ParameterCount < 3)
        {
            // Files of sysdig's time tell nothing of these calls.
            return;
        }

        bool sends = e.Type == SendMessages;
        outcome.FdNumber = e.Int64(1, -1);
        outcome.Fd = outcome.Thread.Fds[outcome.FdNumber];
        if (outcome.Result >= 0 && outcome.Fd is { } fd && fd.TakesAddressFromTraffic)
            SetTupleFromTraffic(in e, ref outcome, e.Parameter(4), fd, sends);

        // Where the recorder could not read the message it stores the number of messages as the result, and no size.
        bool isCount = outcome.Result > 0 && e.UInt32(2, 0) == 0;
        _sides[0] = new IoSide(!sends, outcome.Fd, outcome.FdNumber, isCount ? 0 : outcome.Result, outcome.Latency);
        _sideCount = 1;
    }
}
