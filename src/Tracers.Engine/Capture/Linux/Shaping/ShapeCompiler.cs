using System.Buffers.Binary;
using System.Globalization;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Capture.Linux;

/// <summary>Compiles the expressions of one side of a call: the ops of its parameters, and the copies that the probe makes for them.</summary>
internal sealed partial class ShapeCompiler
{
    private readonly ValueLists _maps;
    private readonly bool _compat;
    private readonly List<CallCopy> _copies = [];
    private readonly List<CopyKind> _slots = [];
    private readonly bool _takesEnvironment;
    private bool _needsArguments;

    private ShapeCompiler(ValueLists maps, bool compat, bool takesEnvironment)
    {
        _maps = maps;
        _compat = compat;
        _takesEnvironment = takesEnvironment;
    }

    /// <summary>Makes the shape of an event and the copies it needs.</summary>
    /// <param name="type">The event.</param>
    /// <param name="expressions">An expression a parameter, in the table's order; fewer than the table has leave the last ones out.</param>
    /// <param name="maps">Takes the lists of values that the parameters need.</param>
    /// <param name="compat">Whether the callers are 32-bit programs.</param>
    /// <param name="copies">The copies, in the order in which a record has them.</param>
    /// <exception cref="InvalidOperationException">calls.txt is wrong.</exception>
    public static EventShape Compile(ushort type, IReadOnlyList<string> expressions, ValueLists maps, bool compat, out CallCopy[] copies)
    {
        ParameterInfo[] parameters = EventTable.Infos[type].Parameters;
        Expression? kept = null;
        if (expressions is [var first, ..] && first.StartsWith("keep", StringComparison.Ordinal))
        {
            kept = Expression.Parse(first).Operands[0];
            expressions = [.. expressions.Skip(1)];
        }

        if (expressions.Count > parameters.Length)
            throw new InvalidOperationException($"calls.txt: event {type} has {parameters.Length} parameters, but the row has {expressions.Count}");

        ShapeCompiler compiler = new(maps, compat, expressions.Any(static e => e.StartsWith("exec.env", StringComparison.Ordinal)));
        if (kept is not null)
            compiler.Compile(kept, signed: false);
        ShapeOp[] ops = new ShapeOp[expressions.Count];
        for (int i = 0; i < ops.Length; i++)
        {
            Expression expression = Expression.Parse(expressions[i]);
            int width = WidthOf(parameters[i].Type);
            ops[i] = compiler.Compile(expression, IsSigned(parameters[i].Type));
            if (ops[i].Code >= OpCode.FirstVariable != (width == 0))
                throw new InvalidOperationException($"calls.txt: parameter '{parameters[i].Name}' of event {type} cannot be {expression}");
            ops[i].Width = (byte)width;
        }

        copies = [.. compiler._copies];
        return MakeShape(type, ops, [.. compiler._slots], compiler._needsArguments, kept is not null);
    }

    /// <summary>The shape of an event whose parameters are made by ops that no row has.</summary>
    public static EventShape MakeShape(ushort type, ShapeOp[] ops, CopyKind[] slots, bool needsArguments, bool keepsFlags = false)
    {
        byte[] template = new byte[ScapFormat.EventHeaderBytes + (2 * ops.Length)];
        BinaryPrimitives.WriteUInt16LittleEndian(template.AsSpan(20), type);
        BinaryPrimitives.WriteInt32LittleEndian(template.AsSpan(22), ops.Length);
        for (int i = 0; i < ops.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(template.AsSpan(ScapFormat.EventHeaderBytes + (2 * i)), ops[i].Width);
        return new EventShape
        {
            Type = type,
            Ops = ops,
            Template = template,
            Slots = slots,
            NeedsArguments = needsArguments,
            KeepsFlags = keepsFlags,
            BeginsWithData = slots.Length > 0 && slots[0] is CopyKind.Buffer or CopyKind.IoVec,
        };
    }

    /// <summary>Bytes of a parameter of that type; 0 where they differ.</summary>
    private static int WidthOf(ParameterType type) => type switch
    {
        ParameterType.Int8 or ParameterType.UInt8 or ParameterType.Flags8 or ParameterType.EnumFlags8 or ParameterType.SigType => 1,
        ParameterType.Int16 or ParameterType.UInt16 or ParameterType.Flags16 or ParameterType.EnumFlags16 or ParameterType.SyscallId => 2,
        ParameterType.Int32 or ParameterType.UInt32 or ParameterType.Flags32 or ParameterType.EnumFlags32 or ParameterType.Mode
            or ParameterType.Uid or ParameterType.Gid or ParameterType.SigSet => 4,
        ParameterType.Int64 or ParameterType.UInt64 or ParameterType.Fd or ParameterType.Pid or ParameterType.Errno or ParameterType.RelTime => 8,
        _ => 0,
    };

    private static bool IsSigned(ParameterType type) => type is ParameterType.Fd or ParameterType.Pid or ParameterType.Errno or ParameterType.Int64;

    private ShapeOp Compile(Expression e, bool signed)
    {
        ShapeOp op = new() { Slot = ShapeOp.NoSlot, OtherSlot = ShapeOp.NoSlot };
        if (e.Operands.Length == 0)
            return CompileName(e.Name, signed, op);
        if (CompileNumber(e, ref op) || CompileVariable(e, ref op))
            return op;
        return CompileMapped(e, op);
    }

    private ShapeOp CompileName(string name, bool signed, ShapeOp op)
    {
        if (char.IsAsciiDigit(name[0]) || name[0] == '-')
        {
            op.Value = long.Parse(name, CultureInfo.InvariantCulture);
            return op;
        }

        if (IsArgument(name))
        {
            op.A = Argument(name);
            op.Code = signed ? OpCode.ArgumentInt : _compat ? OpCode.ArgumentLow : OpCode.Argument;
            return op;
        }

        if (TaskFields.TryFind(name, out op.At, out byte size))
        {
            op.Code = OpCode.TaskField;
            op.Form = size == 8 ? MemoryForm.U64 : MemoryForm.U32;
            op.Slot = name.StartsWith("memory", StringComparison.Ordinal) ? Copy(CopyKind.Memory) : Task();
            return op;
        }

        op.Code = name switch
        {
            "res" => _compat ? OpCode.ResultOfCompat : OpCode.Result,
            "moved" => OpCode.Moved,
            "empty" => OpCode.Empty,
            "task.exe" => OpCode.TaskExe,
            "task.args" => OpCode.TaskArguments,
            "task.comm" => OpCode.TaskName,
            "task.cgroups" => OpCode.TaskCgroups,
            "exec.exe" => OpCode.ExecExe,
            "exec.args" => OpCode.ExecArguments,
            "exec.env" => OpCode.ExecEnvironment,
            _ => throw Unknown(name),
        };
        if (op.Code >= OpCode.ExecExe)
            op.Slot = Task();
        return op;
    }

    // LIST(x): a list of linux-values.txt over an argument or a number in memory.
    private ShapeOp CompileMapped(Expression e, ShapeOp op)
    {
        ushort map = _maps.IndexOf(e.Name);
        if (e.Operands is not [var operand])
            throw Unknown(e.ToString());
        op = Compile(operand, signed: false);
        op.Code = op.Code switch
        {
            OpCode.Argument or OpCode.ArgumentLow => OpCode.Mapped,
            OpCode.Memory => OpCode.MappedMemory,
            _ => throw Unknown(e.ToString()),
        };
        op.Map = map;
        return op;
    }

    private byte Task() => Copy(_takesEnvironment ? CopyKind.TaskEnvironment : CopyKind.Task);

    private static bool IsArgument(string name) => name is ['a', >= '0' and <= '5'];

    private byte Argument(Expression e) => IsArgument(e.Name) ? Argument(e.Name) : throw Unknown(e.ToString());

    private byte Argument(string name)
    {
        _needsArguments = true;
        return (byte)(name[1] - '0');
    }

    private static CopySource Source(Expression e) =>
        e.Name == "res" ? CopySource.Result : IsArgument(e.Name) ? (CopySource)(e.Name[1] - '0') : throw Unknown(e.ToString());

    private byte Copy(CopyKind kind, CopySource argument = CopySource.Nowhere, CopySource length = CopySource.Nowhere, CopyFlags flags = CopyFlags.None)
    {
        int slot = 0;
        for (int i = 0; i < _copies.Count; i++)
        {
            CallCopy copy = _copies[i];
            if (copy.Kind == kind && copy.Argument == argument && copy.Length == length)
            {
                _copies[i] = copy with { Flags = copy.Flags | flags };
                return (byte)slot;
            }

            slot += copy.Kind == CopyKind.MsgHdr ? 2 : 1;
        }

        _copies.Add(new CallCopy(kind, argument, length, flags));
        if (kind == CopyKind.MsgHdr)
        {
            _slots.Add(CopyKind.SockAddr);
            _slots.Add(CopyKind.IoVec);
        }
        else
        {
            _slots.Add(kind);
        }

        return (byte)slot;
    }

    private static CopyFlags FlagsOf(Expression e, int operands)
    {
        CopyFlags flags = CopyFlags.None;
        foreach (Expression word in e.Operands.AsSpan(operands))
        {
            flags |= word.Name switch
            {
                "markers" => CopyFlags.Markers,
                "result" => CopyFlags.ToResult,
                "success" => CopyFlags.OnSuccess,
                _ => throw Unknown(e.ToString()),
            };
        }

        return flags;
    }

    private static InvalidOperationException Unknown(string what) => new($"calls.txt: '{what}' is not known here");
}
