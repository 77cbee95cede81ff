namespace Tracers.Engine.Capture.Linux;

/// <summary>What the probe copies beside the arguments; <c>enum copy_kind</c>, where each is described.</summary>
internal enum CopyKind : byte
{
    None = 0,
    String,
    Buffer,
    Fixed,
    SockAddr,
    SockAddrOut,
    IoVec,
    MsgHdr,
    Socket,
    PollFds,
    Task,
    TaskEnvironment,
    Memory,
    File,
    Argv,
}
