namespace Tracers.Engine.Analysis;

/// <summary>What I/O can be summed by.</summary>
public enum IoKey
{
    /// <summary>All tags of the innermost span, joined with dots.</summary>
    SpanTag,

    /// <summary>The first tag of the innermost span.</summary>
    SpanRoot,

    /// <summary>Id of the innermost span.</summary>
    SpanId,

    /// <summary>Name of the descriptor: a path, or a connection's addresses.</summary>
    FdName,

    /// <summary>file, ipv4, pipe, ...</summary>
    FdType,

    /// <summary>The directory that a file lies in, a directory itself; null for what is neither.</summary>
    FdDirectory,

    /// <summary>comm of the thread.</summary>
    Process,

    /// <summary>The same as <see cref="Process"/>, under the name that it has on an event.</summary>
    ProcessName,

    /// <summary>Process id.</summary>
    ProcessId,

    /// <summary>Thread id.</summary>
    ThreadId,

    /// <summary>The user that the thread acts as: its name, else its number as text; null when not known.</summary>
    User,

    /// <summary>The container that the thread runs in: its name, else its id; <c>host</c> outside; null for a thread that the capture says nothing of.</summary>
    Container,

    /// <summary>Name of the system call.</summary>
    Syscall,

    /// <summary>The server's port of a connection, the own one of a listening socket; null for everything else.</summary>
    Port,

    /// <summary>Name of the error with which the call failed, such as ENOENT, or its number where it has no name; null when it did not fail.</summary>
    ErrorName,

    /// <summary>What kind of call it is: file, net, ipc, ...</summary>
    Category,
}
