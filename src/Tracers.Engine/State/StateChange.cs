using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>Tells whether a call has changed threads or descriptors, once it was applied.</summary>
internal static class StateChange
{
    private const uint SetName = 15;

    /// <summary>Whether the exit of a call changed anything that events behind it are told by.</summary>
    /// <param name="e">The exit.</param>
    /// <param name="rule">What exits of its type do.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <remarks>
    /// Calls that only move bytes change nothing but a socket's addresses, and of that <see cref="CaptureState.AddressChanges"/> tells. In doubt
    /// the answer is yes: programs that read the same capture need not know what this one knows.
    /// </remarks>
    public static bool IsMadeBy(scoped in EventView e, StateRule rule, scoped in EventOutcome outcome) => rule switch
    {
        StateRule.None or StateRule.Transfer or StateRule.Messages or StateRule.Send or StateRule.ReceiveFrom or StateRule.ReceiveMessage => false,

        // Also a refused one leaves the name that it was given to a unix socket.
        StateRule.Connect => true,
        StateRule.Fcntl => outcome.Result >= 0 && MayBeDuplication(in outcome),
        StateRule.ProcessControl => outcome.Result >= 0 && IsNaming(in e),
        _ => outcome.Result >= 0,
    };

    // The enter event with the command is gone by now.
    private static bool MayBeDuplication(scoped in EventOutcome outcome) => outcome.Fd is not { } fd || outcome.Thread.Fds[outcome.Result] == fd;

    private static bool IsNaming(scoped in EventView e) => e.UInt32(1, 0) == SetName;
}
