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
}
