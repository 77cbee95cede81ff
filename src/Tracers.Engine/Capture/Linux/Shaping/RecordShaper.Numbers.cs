using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Capture.Linux;

/// <content>Parameters that are numbers and take more than a register.</content>
internal sealed partial class RecordShaper
{
    private const ulong OpenCreate = 0x40;
    private const ulong OpenTemporary = 0x400000;
    private const int SolSocket = 1;
    private const uint SemaphoreSetValue = 16;
    private const uint ChildInPidNamespace = 0x20000000;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    [MethodImpl(HotPath.Compile)]
    private ulong Number(in ShapeOp op, in ShapedRecord source)
    {
        switch (op.Code)
        {
            case OpCode.ResultOfCompat:
                // Errors of a 32-bit call may come without their upper half.
                return (uint)source.Result >= 0xFFFFF001 ? (ulong)(int)source.Result : (ulong)source.Result;
            case OpCode.Moved:
                return (ulong)Math.Max(source.Result, 0);
            case OpCode.Join:
                return (uint)source.Argument(op.A) | (source.Argument(op.B) << 32);
            case OpCode.Memory:
                return Memory(op.Form, source.Get(op.Slot), op.At);
            case OpCode.MappedMemory:
                return _values[op.Map].Convert((uint)Memory(op.Form, source.Get(op.Slot), op.At));
            case OpCode.TaskField:
                return Memory(op.Form, source.Get(op.Slot), op.At);
            case OpCode.TaskFlags:
                return TaskFlags(in op, in source);
            case OpCode.OpenMode:
                return OpenMode(source.Argument(op.A), source.Argument(op.B));
            case OpCode.OpenHowMode:
                ReadOnlySpan<byte> how = source.Get(op.Slot);
                return OpenMode(Memory(MemoryForm.U64, how, 0), Memory(MemoryForm.U64, how, 8));
            case OpCode.Device:
                return EncodeDevice((uint)Memory(MemoryForm.U32, source.Get(op.Slot), 8));
            case OpCode.Inode:
                return Memory(MemoryForm.U64, source.Get(op.Slot), 0);
            case OpCode.Whole:
                return (ulong)Math.Max(source.Whole(op.Slot), 0);
            case OpCode.Backlog:
                return Backlog(op.A, source.Get(op.Slot));
            case OpCode.Timeout:
                return Timeout(in op, in source);
            default:
                return RareNumber(in op, in source);
        }
    }

    private ulong RareNumber(in ShapeOp op, in ShapedRecord source)
    {
        switch (op.Code)
        {
            case OpCode.SecondSemaphore:
                ulong number = source.Argument(op.A) < 2 ? 0 : Memory(MemoryForm.U16, source.Get(op.Slot), op.At);
                return op.B == 0 ? number : _values[op.Map].Convert((uint)number);
            case OpCode.SemaphoreValue:
                return (uint)source.Argument(op.A) == SemaphoreSetValue ? source.Argument(op.B) : 0;
            case OpCode.SocketOptionName:
                return (int)source.Argument(op.A) == SolSocket ? _values[op.Map].Convert((uint)source.Argument(op.B)) : 0;
            case OpCode.PrctlNumber:
                return (uint)source.Argument(op.A) == PrctlSetName ? 0 : source.Argument(op.B);
            case OpCode.QuotaId:
                return QuotaCommand(in source, op.A) is QuotaGet or QuotaSet or QuotaXfsGet or QuotaXfsSet ? (uint)source.Argument(op.B) : 0;
            case OpCode.QuotaFormat:
                return QuotaCommand(in source, op.A) == QuotaOn ? _values[op.Map].Convert((uint)source.Argument(op.B)) : QuotaFormatNotUsed;
            case OpCode.Quota:
                return Quota(in op, in source);
            case OpCode.ExitStatus:
                return ExitStatus(op.A, source.U32(RecordHeader.Size));
            default:
                throw new InvalidOperationException($"There is no number {op.Code}.");
        }
    }

    // A number that is not there is 0, as sysdig's recorder has it; a limit -1.
    private static ulong Memory(MemoryForm form, ReadOnlySpan<byte> memory, int at)
    {
        int size = form switch
        {
            MemoryForm.U16 or MemoryForm.I16 => 2,
            MemoryForm.U64 or MemoryForm.Limit => 8,
            _ => 4,
        };
        if (memory.Length < at + size)
            return form >= MemoryForm.Limit ? ulong.MaxValue : 0;

        ref byte first = ref MemoryMarshal.GetReference(memory);
        return form switch
        {
            MemoryForm.U16 => Le.U16(ref first, at),
            MemoryForm.I16 => (ulong)(short)Le.U16(ref first, at),
            MemoryForm.U32 => Le.U32(ref first, at),
            MemoryForm.I32 => (ulong)(int)Le.U32(ref first, at),
            MemoryForm.Limit32 => Le.U32(ref first, at) is var limit && limit == uint.MaxValue ? ulong.MaxValue : limit,
            _ => (ulong)Le.I64(ref first, at),
        };
    }

    // The mode counts only where a file may be made.
    private static ulong OpenMode(ulong flags, ulong mode) => (flags & (OpenCreate | OpenTemporary)) == 0 ? 0 : mode & 0xFFF;

    // As stat(2) has it: the minor number's upper bits stand above the major number.
    internal static uint EncodeDevice(uint device)
    {
        uint major = device >> 20, minor = device & 0xFFFFF;
        return (minor & 0xFF) | (major << 8) | ((minor & ~0xFFu) << 12);
    }

    private static ulong Backlog(byte which, ReadOnlySpan<byte> socket)
    {
        const int Queued = 56;
        ulong queued = Memory(MemoryForm.U32, socket, Queued), limit = Memory(MemoryForm.U32, socket, Queued + 4);
        return which switch
        {
            0 => queued,
            1 => limit,
            _ => limit == 0 ? 0 : Math.Min(queued * 100 / limit, byte.MaxValue),
        };
    }

    private ulong TaskFlags(in ShapeOp op, in ShapedRecord source)
    {
        uint flags = op.B != 0 && _flags.Remove(source.Tid, out uint kept) ? kept
            : op.A != ShapeOp.NoSlot ? (uint)source.Argument(op.A)
            : op.OtherSlot != ShapeOp.NoSlot ? (uint)Memory(MemoryForm.U64, source.Get(op.OtherSlot), 0) : 0;
        uint converted = _values[op.Map].Convert(flags);
        return Memory(MemoryForm.U32, source.Get(op.Slot), TaskFields.PidLevel) == 0 ? converted : converted | ChildInPidNamespace;
    }

    // Two numbers: seconds, and nanoseconds. Where the call is given none, it waits for ever.
    private static ulong Timeout(in ShapeOp op, in ShapedRecord source)
    {
        if (op.B != 0 && source.Argument(op.A) == 0)
            return ulong.MaxValue;
        ReadOnlySpan<byte> time = source.Get(op.Slot);
        return time.Length >= 16
            ? (Memory(MemoryForm.U64, time, 0) * NanosecondsPerSecond) + Memory(MemoryForm.U64, time, 8)
            : (Memory(MemoryForm.I32, time, 0) * NanosecondsPerSecond) + Memory(MemoryForm.I32, time, 4);
    }
}
