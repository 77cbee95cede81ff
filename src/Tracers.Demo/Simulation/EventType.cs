namespace Tracers.Demo.Simulation;

/// <summary>The numbers of the enter events that the script uses; an exit event is one higher.</summary>
internal static class EventType
{
    public const ushort Open = 2;
    public const ushort Close = 4;
    public const ushort Read = 6;
    public const ushort Write = 8;
    public const ushort SendTo = 30;
    public const ushort RecvFrom = 34;
    public const ushort Shutdown = 36;
    public const ushort Futex = 64;
    public const ushort Stat = 66;
    public const ushort Fstat = 70;
    public const ushort EpollWait = 78;
    public const ushort Poll = 80;
    public const ushort Switch = 152;
    public const ushort ProcExit = 186;
    public const ushort Clone = 222;
    public const ushort Accept = 246;
    public const ushort OpenAt = 306;
}
