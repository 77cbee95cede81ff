namespace Tracers.Engine.Scap.Records;

/// <summary>The descriptor types of a capture's descriptor lists, with the numbers of the format (FORMAT.md 3.4).</summary>
public enum FdRecordType : byte
{
    /// <summary>Not known; never written.</summary>
    Unknown = 0,

    /// <summary>A file as older captures have it: a name, no open flags.</summary>
    File = 1,

    /// <summary>A directory.</summary>
    Directory = 2,

    /// <summary>A connected IPv4 socket.</summary>
    Ipv4Socket = 3,

    /// <summary>A connected IPv6 socket.</summary>
    Ipv6Socket = 4,

    /// <summary>A listening IPv4 socket.</summary>
    Ipv4Server = 5,

    /// <summary>A listening IPv6 socket.</summary>
    Ipv6Server = 6,

    /// <summary>A pipe or FIFO.</summary>
    Pipe = 7,

    /// <summary>A Unix socket.</summary>
    UnixSocket = 8,

    /// <summary>An eventfd.</summary>
    Event = 9,

    /// <summary>Something the capturing program did not know.</summary>
    Unsupported = 10,

    /// <summary>A signalfd.</summary>
    SignalFd = 11,

    /// <summary>An epoll instance.</summary>
    EventPoll = 12,

    /// <summary>An inotify instance.</summary>
    Inotify = 13,

    /// <summary>A timerfd.</summary>
    TimerFd = 14,

    /// <summary>A netlink socket.</summary>
    Netlink = 15,

    /// <summary>A file with open flags and device.</summary>
    FileV2 = 16,

    /// <summary>A BPF program or map.</summary>
    Bpf = 17,

    /// <summary>A userfaultfd.</summary>
    UserFaultFd = 18,

    /// <summary>An io_uring instance.</summary>
    IoUring = 19,

    /// <summary>A file in memory (memfd_create).</summary>
    MemFd = 20,

    /// <summary>A reference to a process (pidfd_open).</summary>
    PidFd = 21,
}
