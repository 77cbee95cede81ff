using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap;

/// <summary>Reads a process list of any version (FORMAT.md 3.3).</summary>
internal static class ProcessListReader
{
    // Entries made since libs 0.10 have two fields more in the middle; the old ones have at most this many bytes behind root.
    private const int OldTailLength = 29;

    public static void Read(ref ByteCursor list, int version, SectionMetadata section)
    {
        // Fewer bytes than a length field are padding.
        while (list.Remaining >= 4)
        {
            section.CountEntry();
            ProcessRecord? before = section.Processes.Count > 0 ? section.Processes[^1] : null;
            if (version < 9)
            {
                section.Processes.Add(ReadProcess(ref list, version, before));
                continue;
            }

            int length = list.I32("entry length");
            if (length < 4)
                throw list.Bad("entry length", $"{length} bytes are less than the field itself");
            ByteCursor entry = list.Child(length - 4, "process list entry");
            section.Processes.Add(ReadProcess(ref entry, version, before));
        }
    }

    // Threads of a process follow each other and have nearly all texts in common: those are kept once. Of ten thousand threads they would be
    // most of the memory.
    private static ProcessRecord ReadProcess(ref ByteCursor cursor, int version, ProcessRecord? before)
    {
        ProcessRecord process = new()
        {
            Tid = (ulong)cursor.I64("tid"),
            Pid = (ulong)cursor.I64("pid"),
            ParentTid = (ulong)cursor.I64("ptid"),
            SessionId = version >= 6 ? (ulong)cursor.I64("sid") : ulong.MaxValue,
            ProcessGroup = version >= 8 ? (ulong)cursor.I64("vpgid") : ulong.MaxValue,
            Comm = cursor.Text("comm", before?.Comm),
            Exe = cursor.Text("exe", before?.Exe),
            ExePath = version >= 7 ? cursor.Text("exepath", before?.ExePath) : default,
            Arguments = cursor.Text("args", before?.Arguments),
            Cwd = cursor.Text("cwd", before?.Cwd),
            FdLimit = cursor.I64("fdlimit"),
            Flags = cursor.U32("flags"),
            Uid = cursor.U32("uid"),
            Gid = cursor.U32("gid"),
            VmSizeKb = version >= 2 ? cursor.U32("vmsize") : 0,
            VmRssKb = version >= 2 ? cursor.U32("vmrss") : 0,
            VmSwapKb = version >= 2 ? cursor.U32("vmswap") : 0,
            MajorFaults = version >= 2 ? (ulong)cursor.I64("pfmajor") : 0,
            MinorFaults = version >= 2 ? (ulong)cursor.I64("pfminor") : 0,
            Environment = version >= 3 ? cursor.Text("env", before?.Environment) : default,
            VTid = version >= 4 ? cursor.I64("vtid") : -1,
            VPid = version >= 4 ? cursor.I64("vpid") : -1,
            Cgroups = version >= 4 ? cursor.Text("cgroups", before?.Cgroups) : default,
            Root = version >= 5 ? cursor.Text("root", before?.Root) : default,
        };
        return version < 9 ? process : WithLateFields(process, ref cursor);
    }

    // What programs added behind root without a new version of the list: there as far as the entry's length reaches.
    private static ProcessRecord WithLateFields(ProcessRecord process, ref ByteCursor cursor)
    {
        bool old = cursor.Remaining <= OldTailLength;
        return process with
        {
            PidNamespaceStart = old ? 0 : (ulong)LateI64(ref cursor, "pidns_init_start_ts", 0),
            Tty = old ? 0 : (uint)LateI32(ref cursor, "tty", 0),
            LoginUid = LateI32(ref cursor, "loginuid", -1),
            ExeWritable = LateFlag(ref cursor, "exe_writable"),
            InheritableCapabilities = (ulong)LateI64(ref cursor, "cap_inheritable", 0),
            PermittedCapabilities = (ulong)LateI64(ref cursor, "cap_permitted", 0),
            EffectiveCapabilities = (ulong)LateI64(ref cursor, "cap_effective", 0),
            ExeUpperLayer = LateFlag(ref cursor, "exe_upper_layer"),
            ExeInode = (ulong)LateI64(ref cursor, "exe_ino", 0),
            ExeChangeTime = (ulong)LateI64(ref cursor, "exe_ino_ctime", 0),
            ExeModifyTime = (ulong)LateI64(ref cursor, "exe_ino_mtime", 0),
            ExeFromMemfd = LateFlag(ref cursor, "exe_from_memfd"),
            ExeLowerLayer = LateFlag(ref cursor, "exe_lower_layer"),
            HostProcessGroup = LateI64(ref cursor, "pgid", -1),
        };
    }

    private static long LateI64(ref ByteCursor cursor, string field, long absent) => Fits(ref cursor, 8) ? cursor.I64(field) : absent;

    private static int LateI32(ref ByteCursor cursor, string field, int absent) => Fits(ref cursor, 4) ? cursor.I32(field) : absent;

    private static bool LateFlag(ref ByteCursor cursor, string field) => Fits(ref cursor, 1) && cursor.U8(field) != 0;

    // The first field that does not fit ends the entry: what is left of it is not a shorter field behind it.
    private static bool Fits(ref ByteCursor cursor, int size)
    {
        if (cursor.Remaining >= size)
            return true;
        cursor.Take(cursor.Remaining, "late fields");
        return false;
    }
}
