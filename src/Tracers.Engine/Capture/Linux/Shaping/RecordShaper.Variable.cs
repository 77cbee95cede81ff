using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Capture.Linux;

/// <content>Parameters whose length differs from event to event. Each method writes one and returns its bytes.</content>
internal sealed partial class RecordShaper
{
    private const uint PrctlSetName = 15;

    // Sub-types of dynamic.txt.
    private const byte OptionBytes = 0;
    private const byte OptionError = 1;
    private const byte OptionU32 = 2;
    private const byte OptionU64 = 3;
    private const byte OptionTime = 4;
    private const byte PtraceNumber = 0;
    private const byte PtraceSignal = 1;
    private const byte BpfFd = 0;
    private const byte BpfError = 1;

    // What the recorder of sysdig writes for a text that it cannot read.
    private static ReadOnlySpan<byte> NotReadable => "<NA>"u8;

    // The text at which every reader takes a file's name from the end of the call, when the page is mostly there.
    private static ReadOnlySpan<byte> NotReadableYet => "(NULL)"u8;

    [MethodImpl(HotPath.Compile)]
    private int AddVariable(in ShapeOp op, in ShapedRecord source, Span<byte> room)
    {
        switch (op.Code)
        {
            case OpCode.Empty:
                return AddText(default, room);
            case OpCode.Text:
                return AddText(source.TryGet(op.Slot, out ReadOnlySpan<byte> text) ? text : op.B == 0 ? NotReadable : NotReadableYet, room);
            case OpCode.Address:
                return AddAddress(source.Get(op.Slot), room);
            case OpCode.Sent:
                return AddSent(source.Get(op.Slot), source.Get(op.OtherSlot), op.B != 0, room);
            case OpCode.Received:
                return source.Result < 0 ? 0 : AddReceived(source.Get(op.Slot), source.Get(op.OtherSlot), room);
            case OpCode.Accepted:
                return AddAccepted(source.Get(op.OtherSlot), room);
            case OpCode.PollFds:
                return AddPollFds(source.Get(op.Slot), op.At, _values[op.Map], room);
            case OpCode.TaskExe:
                return AddFirst(ArgvOf(source.Get(op.Slot)), room);
            case OpCode.TaskArguments:
                return AddRest(ArgvOf(source.Get(op.Slot)), room);
            case OpCode.TaskName:
                ReadOnlySpan<byte> task = source.Get(op.Slot);
                return AddText(task.Length < CopiedTask.Size ? default : task.Slice(TaskFields.Comm, TaskFields.CommBytes).UntilNul(), room);
            case OpCode.TaskCgroups:
                return AddCgroups(source.Get(op.Slot), source.Tid, room);
            case OpCode.ExecExe:
                return AddFirst(ArgvOf(in op, in source), room);
            case OpCode.ExecArguments:
                return AddRest(ArgvOf(in op, in source), room);
            case OpCode.ExecEnvironment:
                return AddTexts(source.Result < 0 ? source.Get(op.OtherSlot) : EnvironmentOf(source.Get(op.Slot)), room);
            default:
                return AddRare(in op, in source, room);
        }
    }

    private int AddRare(in ShapeOp op, in ShapedRecord source, Span<byte> room)
    {
        switch (op.Code)
        {
            case OpCode.SocketOption:
                uint form = (int)source.Argument(op.A) == SolSocket ? _values[op.Map].Convert((uint)source.Argument(op.B)) : OptionBytes;
                return AddSocketOption((byte)form, source.Get(op.Slot), room);
            case OpCode.PtraceAddress:
                return AddTyped(PtraceNumber, source.Result < 0 ? 0 : source.Argument(op.A), 8, room);
            case OpCode.PtraceData:
                return AddPtraceData(in op, in source, room);
            case OpCode.BpfResult:
                const int MapCreate = 0, ProgramLoad = 5;
                bool isFd = source.Result >= 0 && (int)source.Argument(op.A) is MapCreate or ProgramLoad;
                return AddTyped(isFd ? BpfFd : BpfError, (ulong)source.Result, 8, room);
            case OpCode.QuotaFile:
                return AddText(QuotaCommand(in source, op.A) != QuotaOn ? default : source.TryGet(op.Slot, out ReadOnlySpan<byte> file) ? file : NotReadable, room);
            case OpCode.PrctlText:
                return AddText((uint)source.Argument(op.A) == PrctlSetName ? source.Get(op.Slot) : default, room);
            default:
                throw new InvalidOperationException($"There is no parameter {op.Code}.");
        }
    }

    private static int AddText(ReadOnlySpan<byte> text, Span<byte> room)
    {
        text.CopyTo(room);
        room[text.Length] = 0;
        return text.Length + 1;
    }

    private static int AddTyped(byte type, ulong value, int bytes, Span<byte> room)
    {
        room[0] = type;
        BinaryPrimitives.WriteUInt64LittleEndian(room[1..], value);
        return 1 + bytes;
    }

    // A count, then each descriptor and its events.
    private static int AddPollFds(ReadOnlySpan<byte> fds, int eventsAt, LinuxValues events, Span<byte> room)
    {
        const int Entry = 8, Written = 10;
        int count = fds.Length / Entry;
        BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = fds.Slice(i * Entry, Entry);
            Span<byte> target = room[(2 + (i * Written))..];
            BinaryPrimitives.WriteInt64LittleEndian(target, BinaryPrimitives.ReadInt32LittleEndian(entry));
            BinaryPrimitives.WriteUInt16LittleEndian(target[8..], (ushort)events.Convert(BinaryPrimitives.ReadUInt16LittleEndian(entry[eventsAt..])));
        }

        return 2 + (count * Written);
    }

    private static int AddSocketOption(byte form, ReadOnlySpan<byte> value, Span<byte> room)
    {
        const ulong NanosecondsPerMicrosecond = 1000;
        switch (form)
        {
            case OptionError when value.Length >= 4:
                return AddTyped(form, (ulong)-BinaryPrimitives.ReadInt32LittleEndian(value), 8, room);
            case OptionU32 when value.Length >= 4:
                return AddTyped(form, BinaryPrimitives.ReadUInt32LittleEndian(value), 4, room);
            case OptionU64 when value.Length >= 8:
                return AddTyped(form, BinaryPrimitives.ReadUInt64LittleEndian(value), 8, room);
            case OptionTime when value.Length >= 8:
                bool isWide = value.Length >= 16;
                ulong seconds = Memory(isWide ? MemoryForm.U64 : MemoryForm.I32, value, 0);
                ulong microseconds = Memory(isWide ? MemoryForm.U64 : MemoryForm.I32, value, isWide ? 8 : 4);
                return AddTyped(form, (seconds * NanosecondsPerSecond) + (microseconds * NanosecondsPerMicrosecond), 8, room);
            default:
                room[0] = OptionBytes;
                value.CopyTo(room[1..]);
                return 1 + value.Length;
        }
    }

    private static int AddPtraceData(in ShapeOp op, in ShapedRecord source, Span<byte> room)
    {
        const uint PeekText = 1, PeekUser = 3, Continue = 7, SingleStep = 9, Detach = 17, Syscall = 24;
        if (source.Result < 0)
            return AddTyped(PtraceNumber, 0, 8, room);
        uint request = (uint)source.Argument(op.A);
        ReadOnlySpan<byte> peeked = source.Get(op.Slot);
        return request switch
        {
            >= PeekText and <= PeekUser => AddTyped(PtraceNumber, Memory(peeked.Length >= 8 ? MemoryForm.U64 : MemoryForm.U32, peeked, 0), 8, room),
            Continue or SingleStep or Detach or Syscall => AddTyped(PtraceSignal, source.Argument(op.B), 1, room),
            _ => AddTyped(PtraceNumber, source.Argument(op.B), 8, room),
        };
    }
}
