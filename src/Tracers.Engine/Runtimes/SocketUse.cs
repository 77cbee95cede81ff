using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Runtimes;

/// <summary>A call that moved bytes over a connection of a process that is listened to.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Fd">The socket.</param>
/// <param name="Receives">Whether they came in.</param>
internal sealed record SocketUse(int Pid, FdInfo Fd, bool Receives)
{
    /// <summary>The request that it was found to be for; null for none.</summary>
    public RuntimeSpan? Request { get; set; }

    /// <summary>Whether an event can be of such a call, by <see cref="EventKinds"/>: those that move bytes by one descriptor.</summary>
    public static bool MayBe(uint kind) => (kind & (uint)EventTraits.Io) != 0 && (kind & (EventKinds.Transfer | EventKinds.Aside)) == 0;

    /// <summary>What a call that returns was, if it was one; null where it was not.</summary>
    /// <param name="kind">Of its event.</param>
    /// <param name="thread">Who called. Only of one that is in no span: what others move belongs to theirs.</param>
    /// <param name="fd">What it worked on; null where that is not known.</param>
    /// <param name="result">What it gave.</param>
    public static SocketUse? Of(uint kind, TracedThread thread, FdInfo? fd, long result) =>
        result > 0 && fd is not null && fd.Kind.IsNetwork() && SpanTracker.InnermostOf(thread) is null
            ? new SocketUse(thread.Pid, fd, (kind & (uint)EventTraits.Reads) != 0) : null;
}
