namespace Tracers.Engine.Events;

/// <summary>What the numbers in an event's parameters stand for, at the moment of the event.</summary>
/// <remarks>Implemented by structs: the text is compiled once for the state of a pass and once for an event that was handed out.</remarks>
internal interface IEventNames
{
    /// <summary>Appends the name of the event's own thread; <c>&lt;NA&gt;</c> when the capture does not say.</summary>
    void AppendOwnName(TextBuffer text);

    /// <summary>Whether the call works on a descriptor that leads to the system's log.</summary>
    bool OwnFdIsSystemLog { get; }

    /// <summary>Appends type, transport and name of a descriptor of the event's thread: <c>&lt;4t>1.2.3.4:5->6.7.8.9:80</c>. False, and nothing, when it is not known.</summary>
    bool AppendFd(TextBuffer text, long fd);

    /// <summary>The letter of a descriptor's type, <c>?</c> when it is not known.</summary>
    char FdLetter(long fd);

    /// <summary>Appends the name of a thread. False, and nothing, when it is not known or has none.</summary>
    bool AppendThread(TextBuffer text, long tid);

    /// <summary>Appends the name of a user. False, and nothing, when it is not known.</summary>
    bool AppendUser(TextBuffer text, uint uid);

    /// <summary>Appends the name of a group. False, and nothing, when it is not known.</summary>
    bool AppendGroup(TextBuffer text, uint gid);

    /// <summary>Where a relative path begins: the directory of a descriptor, or the current one for AT_FDCWD (−100). Empty when it is not known.</summary>
    ReadOnlySpan<byte> Directory(long fd);
}
