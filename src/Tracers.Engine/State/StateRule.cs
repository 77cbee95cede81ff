namespace Tracers.Engine.State;

/// <summary>What an event does to the state of threads and descriptors. <see cref="StateRules"/> says which event does what.</summary>
internal enum StateRule : byte
{
    None,

    /// <summary>Enter event whose parameters its exit needs.</summary>
    KeepEnter,

    /// <summary>Enter of a send: kept only while the socket's address may still change.</summary>
    KeepSendEnter,
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
}
