using System.Globalization;

namespace Tracers.Engine.Capture.Linux;

/// <content>What calls.txt writes as a name with brackets.</content>
internal sealed partial class ShapeCompiler
{
    private bool CompileNumber(Expression e, ref ShapeOp op)
    {
        Expression[] x = e.Operands;
        switch (e.Name)
        {
            case "join":
                (op.Code, op.A, op.B) = (OpCode.Join, Argument(x[0]), Argument(x[1]));
                return true;
            case "mem":
                op.Code = OpCode.Memory;
                op.Slot = Fixed(x[0], Number(x[1]), FlagsOf(e, 4));
                op.At = Number(x[2]);
                op.Form = Enum.Parse<MemoryForm>(x[3].Name, ignoreCase: true);
                return true;
            case "openmode":
                (op.Code, op.A, op.B) = (OpCode.OpenMode, Argument(x[0]), Argument(x[1]));
                return true;
            case "openmode2":
                (op.Code, op.Slot) = (OpCode.OpenHowMode, Fixed(x[0], 24));
                return true;
            case "device":
                (op.Code, op.Slot) = (OpCode.Device, File(x[0]));
                return true;
            case "inode":
                (op.Code, op.Slot) = (OpCode.Inode, File(x[0]));
                return true;
            case "iovecsize":
                (op.Code, op.Slot) = (OpCode.Whole, Copy(CopyKind.IoVec, Source(x[0]), Source(x[1])));
                return true;
            case "messagesize":
                (op.Code, op.Slot) = (OpCode.Whole, (byte)(Message(x[0]) + 1));
                return true;
            case "sockoptlength":
                (op.Code, op.Slot) = (OpCode.Whole, Copy(CopyKind.SockAddrOut, Source(x[0]), Source(x[1])));
                return true;
            case "queuepct" or "queuelen" or "queuemax":
                op.Code = OpCode.Backlog;
                op.Slot = Copy(CopyKind.Socket, Source(x[0]));
                op.A = (byte)(e.Name switch { "queuelen" => 0, "queuemax" => 1, _ => 2 });
                return true;
            case "taskflags":
                CompileTaskFlags(x, ref op);
                return true;
            case "interval":
                (op.Code, op.A, op.B, op.Slot) = (OpCode.Timeout, Argument(x[0]), 0, Fixed(x[0], Number(x[1])));
                return true;
            case "timeout":
                (op.Code, op.A, op.B, op.Slot) = (OpCode.Timeout, Argument(x[0]), 1, Fixed(x[0], Number(x[1])));
                return true;
            case "second":
                const byte Size = 6;
                op.Code = OpCode.SecondSemaphore;
                op.Slot = Fixed(x[0], 2 * Size);
                op.A = Argument(x[1]);
                op.At = (byte)(Size + Number(x[2]));
                op.Map = _maps.IndexOf("semop");
                op.B = (byte)(Number(x[2]) == 4 ? 1 : 0);
                return true;
            case "semvalue":
                (op.Code, op.A, op.B) = (OpCode.SemaphoreValue, Argument(x[0]), Argument(x[1]));
                return true;
            case "sockoptname":
                (op.Code, op.A, op.B, op.Map) = (OpCode.SocketOptionName, Argument(x[0]), Argument(x[1]), _maps.IndexOf(e.Name));
                return true;
            case "prctlnumber":
                (op.Code, op.A, op.B) = (OpCode.PrctlNumber, Argument(x[0]), Argument(x[1]));
                return true;
            case "quotacommand" or "quotatype":
                // The type is the command's lowest byte.
                (op.Code, op.A, op.Map) = (OpCode.Mapped, Argument(x[0]), _maps.IndexOf(e.Name));
                op.B = (byte)(e.Name == "quotacommand" ? 8 : 0);
                return true;
            case "quotaid":
                (op.Code, op.A, op.B, op.Map) = (OpCode.QuotaId, Argument(x[0]), Argument(x[1]), _maps.IndexOf("quotacommand"));
                return true;
            case "quotaformat":
                (op.Code, op.A, op.B, op.Map) = (OpCode.QuotaFormat, Argument(x[0]), Argument(x[1]), _maps.IndexOf(e.Name));
                return true;
            case "quota":
                const byte Block = 68, Info = 24;
                op.Code = OpCode.Quota;
                op.A = Argument(x[0]);
                op.At = Number(x[2]);
                op.B = Number(x[3]);
                op.Slot = Fixed(x[1], op.B < 64 ? Block : Info);
                op.Map = _maps.IndexOf("quotaformat");
                return true;
            default:
                return false;
        }
    }

    private bool CompileVariable(Expression e, ref ShapeOp op)
    {
        Expression[] x = e.Operands;
        switch (e.Name)
        {
            case "text" or "opening":
                op.B = (byte)(e.Name == "opening" ? 1 : 0);
                (op.Code, op.Slot) = (OpCode.Text, Copy(CopyKind.String, Source(x[0]), flags: FlagsOf(e, 1)));
                return true;
            case "data":
                (op.Code, op.Slot) = (OpCode.Data, Copy(CopyKind.Buffer, Source(x[0]), Source(x[1]), FlagsOf(e, 2)));
                return true;
            case "iovec":
                (op.Code, op.Slot) = (OpCode.Data, Copy(CopyKind.IoVec, Source(x[0]), Source(x[1]), FlagsOf(e, 2)));
                return true;
            case "message":
                (op.Code, op.Slot) = (OpCode.Data, (byte)(Message(x[0], FlagsOf(e, 1)) + 1));
                return true;
            case "address":
                (op.Code, op.Slot) = (OpCode.Address, Copy(CopyKind.SockAddr, Source(x[0]), Source(x[1])));
                return true;
            case "connected" or "sent":
                op.Code = OpCode.Sent;
                op.Slot = Copy(CopyKind.SockAddr, Source(x[1]), Source(x[2]));
                op.OtherSlot = Copy(CopyKind.Socket, Source(x[0]));
                op.B = (byte)(e.Name == "connected" ? 1 : 0);
                return true;
            case "received":
                op.Code = OpCode.Received;
                op.Slot = Copy(CopyKind.SockAddrOut, Source(x[1]), Source(x[2]), CopyFlags.OnSuccess);
                op.OtherSlot = Copy(CopyKind.Socket, Source(x[0]), flags: CopyFlags.OnSuccess);
                return true;
            case "sentmessage" or "receivedmessage":
                op.Code = e.Name == "sentmessage" ? OpCode.Sent : OpCode.Received;
                op.Slot = Message(x[1]);
                op.OtherSlot = Copy(CopyKind.Socket, Source(x[0]));
                return true;
            case "accepted":
                (op.Code, op.OtherSlot) = (OpCode.Accepted, Copy(CopyKind.Socket, Source(x[0])));
                return true;
            case "pollevents" or "pollresults":
                op.Code = OpCode.PollFds;
                op.Slot = Copy(CopyKind.PollFds, Source(x[0]), Source(x[1]));
                op.At = (byte)(e.Name == "pollevents" ? 4 : 6);
                op.Map = _maps.IndexOf("pollevents");
                return true;
            case "sockoptvalue" or "sockoptresult":
                op.Code = OpCode.SocketOption;
                (op.A, op.B, op.Map) = (Argument(x[0]), Argument(x[1]), _maps.IndexOf("sockoptform"));
                op.Slot = Copy(e.Name == "sockoptvalue" ? CopyKind.Buffer : CopyKind.SockAddrOut, Source(x[2]), Source(x[3]));
                return true;
            case "exec.exe" or "exec.args" or "exec.env":
                op = CompileName(e.Name, signed: false, op);
                op.OtherSlot = Copy(CopyKind.Argv, Source(x[0]));
                return true;
            case "ptraceaddr":
                (op.Code, op.A) = (OpCode.PtraceAddress, Argument(x[0]));
                return true;
            case "ptracedata":
                (op.Code, op.A, op.B, op.Slot) = (OpCode.PtraceData, Argument(x[0]), Argument(x[1]), Fixed(x[1], Number(x[2])));
                return true;
            case "bpfresult":
                (op.Code, op.A) = (OpCode.BpfResult, Argument(x[0]));
                return true;
            case "quotafile":
                (op.Code, op.A, op.Slot) = (OpCode.QuotaFile, Argument(x[0]), Copy(CopyKind.String, Source(x[1])));
                return true;
            case "prctltext":
                (op.Code, op.A, op.Slot) = (OpCode.PrctlText, Argument(x[0]), Copy(CopyKind.String, Source(x[1])));
                return true;
            default:
                return false;
        }
    }

    // From an argument or memory; where flags are kept that comes second.
    private void CompileTaskFlags(Expression[] x, ref ShapeOp op)
    {
        Expression flags = x[^1];
        op.Code = OpCode.TaskFlags;
        op.Map = _maps.IndexOf("cloneflags");
        op.A = ShapeOp.NoSlot;
        op.B = (byte)(x[0].Name == "kept" ? 1 : 0);
        if (IsArgument(flags.Name))
            op.A = Argument(flags);
        else if (flags.Name == "mem")
            op.OtherSlot = Compile(flags, signed: false).Slot;
        op.Slot = Task();
    }

    private byte Fixed(Expression argument, byte bytes, CopyFlags flags = CopyFlags.None) =>
        Copy(CopyKind.Fixed, Source(argument), (CopySource)bytes, flags);

    private byte File(Expression fd) => Copy(CopyKind.File, Source(fd), flags: fd.Name == "res" ? CopyFlags.OnSuccess : CopyFlags.None);

    private byte Message(Expression argument, CopyFlags flags = CopyFlags.None) => Copy(CopyKind.MsgHdr, Source(argument), flags: flags);

    private static byte Number(Expression e) => byte.Parse(e.Name, CultureInfo.InvariantCulture);
}
