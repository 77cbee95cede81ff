namespace Tracers.Engine.State;

/// <summary>What a descriptor refers to; several stored types are one kind here.</summary>
internal enum FdKind : byte
{
    Unsupported,
    File,
    Directory,
    Ipv4,
    Ipv6,
    Pipe,
    Unix,
    Event,
    SignalFd,
    EventPoll,
    Inotify,
    TimerFd,
    Netlink,
    Bpf,
    UserFaultFd,
    IoUring,
    MemFd,
    PidFd,
}
