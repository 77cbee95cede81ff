using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Tables;

namespace Tracers.Tests.Engine.Analysis.Tables;

/// <summary>Reads tables of captures that a test builds.</summary>
internal static class Tables
{
    public const uint NewThread = 0x2001 | 0x8000;

    /// <summary>A moment after the first event, in microseconds: events of a <see cref="CaptureBuilder"/> are one apart.</summary>
    public static TimeBound Microseconds(long count) => new(TimeBoundKind.FirstEvent, count * 1000);

    public static List<ProcessRow> Processes(CaptureBuilder capture, ProcessQuery query)
    {
        List<ProcessRow> rows = [];
        using CaptureFile file = Open(capture);
        file.ReadProcesses(query, rows.Add);
        return rows;
    }

    public static List<DescriptorRow> Descriptors(CaptureBuilder capture, DescriptorQuery query)
    {
        List<DescriptorRow> rows = [];
        using CaptureFile file = Open(capture);
        file.ReadDescriptors(query, rows.Add);
        return rows;
    }

    public static List<NameActivity> Activity(CaptureBuilder capture, DescriptorQuery query)
    {
        List<NameActivity> sums = [];
        using CaptureFile file = Open(capture);
        file.ReadNameActivity(query, sums.Add);
        return sums;
    }

    public static CaptureFile Open(CaptureBuilder capture) =>
        new("memory", MemorySource.Of(capture.ToArray()), keepArguments: false, CancellationToken.None);

    /// <summary>Four events: the parent enters, and both sides return.</summary>
    public static CaptureBuilder Clone(this CaptureBuilder c, int child, uint flags = 0, int parent = 100, uint size = 10, uint resident = 5)
    {
        bool thread = (flags & 0x2000) != 0;
        c.Event(parent, 222);
        Return(parent, child, parent, 1);
        return Return(child, 0, thread ? parent : child, thread ? 1 : parent);

        CaptureBuilder Return(int on, long result, long pid, long ptid) => c.Event(
            on, 223, result, "/usr/bin/python", "a1\0"u8.ToArray(), (long)on, pid, ptid, "", 1024L, 0L, 0L, size, resident, 0u, "python", "cpuset=/\0"u8.ToArray(), flags, 0u, 0u, (long)on, pid);
    }

    public static CaptureBuilder Exec(this CaptureBuilder c, int tid, string comm, uint size = 1, uint resident = 1) => c.Event(tid, 292, "/bin/" + comm).Event(
        tid, 293, 0L, "/bin/" + comm, "-v\0x\0"u8.ToArray(), (long)tid, (long)tid, 1L, "", 1024L, 0L, 0L, size, resident, 0u, comm, Array.Empty<byte>(), Array.Empty<byte>(), 34816u, 1L, -1, 0u);

    public static CaptureBuilder Exit(this CaptureBuilder c, int tid) => c.Event(tid, 186, 0L);
}
