namespace Tracers.Tests.Engine;

/// <summary>Processes and threads that begin while a capture is made.</summary>
internal static class CloneCalls
{
    /// <summary>Flags of a thread that shares what its process has.</summary>
    public const uint NewThread = 0x2001 | 0x8000;

    /// <summary>A clone with its returns in the parent and in the child.</summary>
    public static CaptureBuilder Clone(CaptureBuilder c, int child, uint flags, int parent = 100, string comm = "python")
    {
        c.Event(parent, 222);
        bool thread = (flags & 0x2000) != 0;
        CloneExit(c, parent, child, parent, parent, 1, flags, comm: comm);
        return CloneExit(c, child, 0, child, thread ? parent : child, thread ? 1 : parent, flags, comm: comm);
    }

    /// <summary>One return of a clone.</summary>
    public static CaptureBuilder CloneExit(CaptureBuilder c, int on, long result, long tid, long pid, long ptid, uint flags, long? vtid = null, string comm = "python") =>
        c.Event(on, 223, result, "/usr/bin/python", "a1\0"u8.ToArray(), tid, pid, ptid, "", 1024L, 0L, 0L, 10u, 5u, 0u, comm, "cpuset=/\0"u8.ToArray(), flags, 0u, 0u, vtid ?? tid, vtid ?? pid);
}
