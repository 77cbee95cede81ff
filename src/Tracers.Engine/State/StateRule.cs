namespace Tracers.Engine.State;

/// <summary>What an event does to the state of threads and descriptors. <see cref="StateRules"/> says which event does what.</summary>
internal enum StateRule : byte
{
    None,

    /// <summary>Enter event whose parameters its exit needs.</summary>
    KeepEnter,

    /// <summary>Enter of a send: kept only while the socket's address may still change.</summary>
    KeepSendEnter,
    BeginConnect,
    Open,
    OpenAt,
    OldOpenAt,
    BeginClose,
    Close,
    CloseRange,
    OpenByHandle,
    Duplicate,
    Fcntl,
    Socket,
    SocketPair,
    Bind,
    Connect,
    Accept,
    Send,
    ReceiveFrom,
    ReceiveMessage,
    Pipe,
    NewEvent,
    NewSignalFd,
    NewTimerFd,
    NewInotify,
    NewEventPoll,
    NewIoUring,
    NewMemFd,
    NewPidFd,

    /// <summary>A descriptor of another process, taken through that one's pidfd.</summary>
    NewFdOfOther,
    ChangeDirectory,
    ChangeDirectoryByFd,
    Clone,
    Execve,
    ProcessExit,

    /// <summary>A call that reads one descriptor and writes another.</summary>
    Transfer,

    /// <summary>One message of sendmmsg or recvmmsg.</summary>
    Messages,
    ReadDirectory,
    Ids,
    NewSession,
    ProcessGroup,
    ChangeRoot,
    Limit,
    ProcessControl,
    Container,

    /// <summary>A user or group was added or deleted.</summary>
    Account,

    /// <summary>A switch of threads; only where <see cref="CaptureState.KeepsUse"/>.</summary>
    Switch,

    /// <summary>A call that gives a process memory or takes it; only where <see cref="CaptureState.KeepsUse"/>.</summary>
    Memory,

    /// <summary>A thread that ran when the capture began.</summary>
    Task,

    /// <summary>A descriptor that such a thread had.</summary>
    TaskFile,
}
