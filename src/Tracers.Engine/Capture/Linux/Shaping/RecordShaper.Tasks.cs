using System.Runtime.InteropServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Capture.Linux;

/// <content>Processes: what they run, what they are called, and how they end.</content>
internal sealed partial class RecordShaper
{
    private const ushort ProcessExit = 186;

    // Cgroups of a v1 hierarchy have a path each; more than this is cut between two.
    private const int MostCgroupBytes = 8192;

    private const int ForkBytes = 32;
    private const int MostKeptFlags = 1 << 16;

    private static readonly EventShape s_taskExit = ShapeCompiler.MakeShape(
        ProcessExit,
        [
            new ShapeOp { Code = OpCode.ExitStatus, Width = 8, A = 0 },
            new ShapeOp { Code = OpCode.ExitStatus, Width = 8, A = 1 },
            new ShapeOp { Code = OpCode.ExitStatus, Width = 1, A = 2 },
            new ShapeOp { Code = OpCode.ExitStatus, Width = 1, A = 3 },
        ],
        slots: [],
        needsArguments: false);

    // Flags of clone3 by the thread that is to return from it. They stand in the caller's memory, which a child that shares it may find
    // used for something else by the time it runs.
    private readonly Dictionary<uint, uint> _flags = [];

    /// <summary>Takes what the shaping of later records needs from a record that a thread was made.</summary>
    public void TakeFork(ReadOnlySpan<byte> record)
    {
        if (record.Length < ForkBytes)
            return;
        ref byte first = ref MemoryMarshal.GetReference(record);
        if (_flags.TryGetValue(Le.U32(ref first, 16), out uint flags))
            _flags[Le.U32(ref first, RecordHeader.Size)] = flags;
    }

    private void KeepFlags(in ShapedRecord source)
    {
        // A thread that never came back from the call is gone, or its return was lost.
        if (_flags.Count >= MostKeptFlags)
            _flags.Clear();
        _flags[source.Tid] = (uint)Memory(MemoryForm.U64, source.Get(0), 0);
    }

    private static ulong ExitStatus(byte which, uint status)
    {
        uint signal = status & 0x7F;
        return which switch
        {
            0 => status,
            1 => (status >> 8) & 0xFF,
            2 => signal == 0x7F ? 0 : signal,
            _ => (status >> 7) & 1,
        };
    }

    // argv behind the fixed part; the first text is what was run, as the program itself has it.
    private static ReadOnlySpan<byte> ArgvOf(ReadOnlySpan<byte> task)
    {
        if (task.Length < CopiedTask.Size)
            return default;
        int length = Le.U16(ref MemoryMarshal.GetReference(task), TaskFields.ArgumentsLength);
        return task.Slice(CopiedTask.Size, Math.Min(length, task.Length - CopiedTask.Size));
    }

    private static ReadOnlySpan<byte> EnvironmentOf(ReadOnlySpan<byte> task)
    {
        if (task.Length < CopiedTask.Size)
            return default;
        int start = CopiedTask.Size + ArgvOf(task).Length;
        int length = Le.U16(ref MemoryMarshal.GetReference(task), TaskFields.EnvironmentLength);
        return task.Slice(start, Math.Min(length, task.Length - start));
    }

    // Of a call that failed the process is still the old one: what it asked for is in its arguments.
    private static ReadOnlySpan<byte> ArgvOf(in ShapeOp op, in ShapedRecord source) =>
        source.Result < 0 ? source.Get(op.OtherSlot) : ArgvOf(source.Get(op.Slot));

    private static int AddFirst(ReadOnlySpan<byte> texts, Span<byte> room) => AddText(texts.UntilNul(), room);

    private static int AddRest(ReadOnlySpan<byte> texts, Span<byte> room)
    {
        int nul = texts.IndexOf((byte)0);
        return nul < 0 ? 0 : AddTexts(texts[(nul + 1)..], room);
    }

    // The last text has its NUL also where it was cut.
    private static int AddTexts(ReadOnlySpan<byte> texts, Span<byte> room)
    {
        if (texts.IsEmpty)
            return 0;
        texts.CopyTo(room);
        room[texts.Length - 1] = 0;
        return texts.Length;
    }

    private int AddCgroups(ReadOnlySpan<byte> task, uint tid, Span<byte> room)
    {
        if (task.Length < CopiedTask.Size)
            return 0;
        ReadOnlySpan<byte> names = cgroups.Find((ulong)Le.I64(ref MemoryMarshal.GetReference(task), TaskFields.Cgroup), tid);
        if (names.Length > MostCgroupBytes)
            names = names[..(names[..MostCgroupBytes].LastIndexOf((byte)0) + 1)];
        names.CopyTo(room);
        return names.Length;
    }
}
