namespace Tracers.Engine.State;

/// <summary>Kinds of events, in the words of sysdig's <c>evt.category</c>.</summary>
public enum EventCategory : byte
{
    /// <summary>Reads, writes and closes of a descriptor that is not known or is of no other kind, such as netlink; calls that nobody has sorted.</summary>
    Unknown,

    /// <summary>No particular kind; markers are here.</summary>
    Other,

    /// <summary>Files and folders, and I/O on them.</summary>
    File,

    /// <summary>Sockets, and I/O on IPv4 and IPv6.</summary>
    Net,

    /// <summary>Pipes, futexes, events, and I/O on pipes, unix sockets, events, signalfds and inotify.</summary>
    Ipc,

    /// <summary>Memory: mmap, brk, ...</summary>
    Memory,

    /// <summary>Processes and threads: clone, execve, exit, ...</summary>
    Process,

    /// <summary>Plain sleep.</summary>
    Sleep,

    /// <summary>The system as a whole: uname, reboot, ...</summary>
    System,

    /// <summary>Signals.</summary>
    Signal,

    /// <summary>Users and groups: setuid, getgid, ...</summary>
    User,

    /// <summary>Clocks and timers.</summary>
    Time,

    /// <summary>Work in a program; no system call has it.</summary>
    Processing,

    /// <summary>Waiting for descriptors or children: poll, epoll_wait, wait4, ...</summary>
    Wait,

    /// <summary>Switches of threads.</summary>
    Scheduler,

    /// <summary>What the recorder tells about itself; hidden unless asked for.</summary>
    Internal,
}
