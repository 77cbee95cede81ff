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

    /// <summary>comm of the thread.</summary>
    ProcessName,

    /// <summary>Process id.</summary>
    ProcessId,

    /// <summary>Thread id.</summary>
    ThreadId,

    /// <summary>Name of the system call.</summary>
    Syscall,
}
