using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>Parameters as sysdig's listing shows them: <c>res=-9(EBADF) data=GET /</c>.</summary>
internal static class ParameterText
{
    /// <summary>Stands for the current directory where a call takes the descriptor of one.</summary>
    public const int AtFdCwd = -100;

    private const int LongestBuffer = 80;
    private const int FdListEntry = 10;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Appends <c>name=value</c> and a blank for a parameter.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="info">The event's type.</param>
    /// <param name="index">Which parameter; the event must have it.</param>
    /// <param name="e">The event.</param>
    /// <param name="names">What its numbers stand for.</param>
    [MethodImpl(HotPath.Compile)]
    public static void Append<TNames>(TextBuffer text, EventInfo info, int index, scoped in EventView e, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        ParameterInfo parameter = info.Parameters[index];
        text.Append(parameter.Label);
        AppendValue(text, parameter, e.Parameter(index), in e, in names);
        text.Append((byte)' ');
    }

    /// <summary>What a parameter stands for: a descriptor's <c>&lt;f>/dev/null</c>, an error's <c>EBADF</c>, a whole path; its value where that says all.</summary>
    /// <param name="text">Made anew; the answer lies in it.</param>
    /// <param name="info">The event's type.</param>
    /// <param name="index">Which parameter; the event must have it.</param>
    /// <param name="e">The event.</param>
    /// <param name="names">What its numbers stand for.</param>
    public static ReadOnlySpan<byte> Meaning<TNames>(TextBuffer text, EventInfo info, int index, scoped in EventView e, scoped ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        text.Length = 0;
        ParameterInfo parameter = info.Parameters[index];
        ReadOnlySpan<byte> data = e.Parameter(index);
        AppendValue(text, parameter, data, in e, in names);
        SubTypes.Unwrap(ref parameter, ref data);
        int bracket = parameter.Type switch
        {
            ParameterType.FsPath or ParameterType.FsRelPath => IsRelative(data) ? PathBracket(text.Written, data.UntilNul()) : -1,
            ParameterType.CharBuf or ParameterType.ByteBuf or ParameterType.SockAddr or ParameterType.SockTuple or ParameterType.CharBufArray or ParameterType.CharBufPairArray => -1,
            _ => text.Written.IndexOf((byte)'('),
        };
        return bracket >= 0 && text.Written[^1] == ')' ? text.Written[(bracket + 1)..^1] : text.Written;
    }

    // A path may have brackets of its own: control characters are all that is not shown of it.
    private static int PathBracket(ReadOnlySpan<byte> shown, ReadOnlySpan<byte> path)
    {
        int length = 0;
        foreach (byte c in path)
            length += c is >= 0x20 and not 0x7f ? 1 : 0;
        return shown.Length > length ? length : -1;
    }

    [MethodImpl(HotPath.Compile)]
    private static void AppendValue<TNames>(TextBuffer text, ParameterInfo parameter, ReadOnlySpan<byte> data, scoped in EventView e, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        // The number format is the outer parameter's also for a sub-type, as in sysdig.
        ParameterInfo outer = parameter;
        SubTypes.Unwrap(ref parameter, ref data);

        switch (parameter.Type)
        {
            case ParameterType.Int8 or ParameterType.Int16 or ParameterType.Int32 or ParameterType.Int64:
            case ParameterType.UInt8 or ParameterType.UInt16 or ParameterType.UInt32 or ParameterType.UInt64:
            case ParameterType.Port or ParameterType.L4Proto or ParameterType.SockFamily or ParameterType.Bool or ParameterType.AbsTime:
                AppendNumber(text, data, parameter.Type <= ParameterType.Int64, outer.Format);
                break;
            case ParameterType.Errno when outer.Format != NumberFormat.Hex:
                AppendErrno(text, data);
                break;
            case ParameterType.Errno:
                AppendNumber(text, data, signed: true, outer.Format);
                break;
            case ParameterType.Fd or ParameterType.Fd32:
                AppendFd(text, data, in names);
                break;
            case ParameterType.Pid or ParameterType.Pid32:
                AppendPid(text, data, in names);
                break;
            case ParameterType.CharBuf:
                text.AppendText(data.UntilNul());
                break;
            case ParameterType.ByteBuf:
                AppendBuffer(text, data);
                break;
            case ParameterType.FsPath:
                AppendPath(text, data, AtFdCwd, in names);
                break;
            case ParameterType.FsRelPath:
                AppendPath(text, data, DirectoryOf(parameter, in e), in names);
                break;
            case ParameterType.SockAddr:
                SocketText.AppendAddress(text, data);
                break;
            case ParameterType.SockTuple:
                SocketText.AppendTuple(text, data);
                break;
            case ParameterType.Ipv4Addr or ParameterType.Ipv6Addr:
                SocketText.AppendIp(text, data);
                break;
            case ParameterType.FdList:
                AppendFdList(text, data, in names);
                break;
            case ParameterType.SyscallId when TryRead(data, signed: false, out ulong id):
                text.Append(id);
                text.AppendInBrackets(SyscallTable.Utf8Name((int)id));
                break;
            case ParameterType.SigType when data.Length == 1:
                text.Append((ulong)data[0]);
                if (SignalNames.Name(data[0]) is { } signal)
                    text.AppendInBrackets(signal);
                break;
            case ParameterType.SigSet when TryRead(data, signed: false, out ulong signals):
                AppendSignals(text, signals);
                break;
            case ParameterType.RelTime when TryRead(data, signed: false, out ulong time):
                AppendRelativeTime(text, time);
                break;
            case ParameterType.Flags8 or ParameterType.Flags16 or ParameterType.Flags32:
            case ParameterType.EnumFlags8 or ParameterType.EnumFlags16 or ParameterType.EnumFlags32:
            case ParameterType.Mode:
                AppendFlags(text, parameter, data, outer.Format);
                break;
            case ParameterType.Uid or ParameterType.Gid when data.Length == 4:
                AppendAccount(text, BinaryPrimitives.ReadUInt32LittleEndian(data), parameter.Type == ParameterType.Uid, in names);
                break;
            case ParameterType.Dyn:
                text.Append("INVALID DYNAMIC PARAMETER"u8);
                break;
            case ParameterType.Double when data.Length == 8:
                text.Append(BinaryPrimitives.ReadDoubleLittleEndian(data).ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>The signed number of a descriptor or thread as its text shows it, whatever its size; <paramref name="absent"/> where that shows none.</summary>
    public static long NumberOf(ReadOnlySpan<byte> data, long absent) => TryRead(data, signed: true, out ulong value) ? (long)value : absent;

    /// <summary>The bits of a number of 1, 2, 4 or 8 bytes, extended to 64 with its sign if it has one; false for any other size.</summary>
    [MethodImpl(HotPath.Compile)]
    public static bool TryRead(ReadOnlySpan<byte> data, bool signed, out ulong value)
    {
        switch (data.Length)
        {
            case 1:
                value = signed ? (ulong)(sbyte)data[0] : data[0];
                return true;
            case 2:
                value = signed ? (ulong)BinaryPrimitives.ReadInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16LittleEndian(data);
                return true;
            case 4:
                value = signed ? (ulong)BinaryPrimitives.ReadInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32LittleEndian(data);
                return true;
            case 8:
                value = BinaryPrimitives.ReadUInt64LittleEndian(data);
                return true;
            default:
                value = 0;
                return false;
        }
    }

    [MethodImpl(HotPath.Compile)]
    private static void AppendNumber(TextBuffer text, ReadOnlySpan<byte> data, bool signed, NumberFormat format)
    {
        // Octal and hexadecimal show the bits of the number's own size. In decimal sysdig prints also unsigned numbers of 32 and 64 bits
        // as signed ones, so that "no limit" and "no user" are -1.
        bool isDecimal = format == NumberFormat.Decimal;
        if (!TryRead(data, isDecimal && (signed || data.Length >= 4), out ulong value))
            return;
        if (isDecimal)
            text.Append((long)value);
        else if (format == NumberFormat.Hex)
            text.AppendHex(value, upperCase: true);
        else
            text.AppendOctal(value);
    }

    [MethodImpl(HotPath.Compile)]
    private static void AppendErrno(TextBuffer text, ReadOnlySpan<byte> data)
    {
        if (!TryRead(data, signed: true, out ulong value))
            return;
        text.Append((long)value);
        if ((long)value < 0 && ErrnoNames.Name(-(long)value) is { } error)
            text.AppendInBrackets(error);
    }

    [MethodImpl(HotPath.Compile)]
    private static void AppendFd<TNames>(TextBuffer text, ReadOnlySpan<byte> data, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        if (!TryRead(data, signed: true, out ulong value))
            return;
        long fd = (long)value;
        text.Append(fd);
        if (fd >= 0)
        {
            int before = text.Length;
            text.Append((byte)'(');
            text.CloseBracket(before, names.AppendFd(text, fd));
        }
        else if ((fd == AtFdCwd ? "AT_FDCWD" : ErrnoNames.Name(-fd)) is { } word)
        {
            text.AppendInBrackets(word);
        }
    }

    [MethodImpl(HotPath.Compile)]
    private static void AppendPid<TNames>(TextBuffer text, ReadOnlySpan<byte> data, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        if (!TryRead(data, signed: true, out ulong value))
            return;
        text.Append((long)value);
        int before = text.Length;
        text.Append((byte)'(');
        text.CloseBracket(before, names.AppendThread(text, (long)value));
    }

    [MethodImpl(HotPath.Compile)]
    private static void AppendBuffer(TextBuffer text, ReadOnlySpan<byte> data)
    {
        if (data.Length <= LongestBuffer)
        {
            text.AppendDots(data);
            return;
        }

        text.AppendDots(data[..(LongestBuffer - 3)]);
        text.Append("..."u8);
    }

    /// <summary>The descriptor of the directory in which a path begins; AT_FDCWD for the current one.</summary>
    public static long DirectoryOf(ParameterInfo parameter, scoped in EventView e) =>
        int.TryParse(parameter.Table, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? e.Int64(index, AtFdCwd) : AtFdCwd;

    // A relative path is shown as it was given and, in brackets, as the file that it names.
    private static void AppendPath<TNames>(TextBuffer text, ReadOnlySpan<byte> data, long directory, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        ReadOnlySpan<byte> path = data.UntilNul();
        text.AppendName(path);
        if (!IsRelative(data))
            return;
        int before = text.Length;
        text.Append((byte)'(');
        Span<byte> resolved = stackalloc byte[ScapLimits.PathLength];
        text.AppendName(PathResolver.Resolve(names.Directory(directory), path, resolved));
        text.CloseBracket(before, text.Length > before + 1);
    }

    /// <summary>Whether a path has to be resolved to know which file it names.</summary>
    public static bool IsRelative(ReadOnlySpan<byte> data) => !data.IsEmpty && data[0] != '/' && !data.StartsWith("<NA>"u8);

    /// <summary>The descriptors of a list that a call waits for.</summary>
    public static long[] FdsOf(ReadOnlySpan<byte> data)
    {
        long[] fds = new long[data.Length < 2 ? 0 : Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(data), (data.Length - 2) / FdListEntry)];
        for (int i = 0; i < fds.Length; i++)
            fds[i] = BinaryPrimitives.ReadInt64LittleEndian(data[(2 + i * FdListEntry)..]);
        return fds;
    }

    private static void AppendFdList<TNames>(TextBuffer text, ReadOnlySpan<byte> data, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        if (data.Length < 2)
            return;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(data);
        data = data[2..];
        for (int i = 0; i < count && data.Length >= FdListEntry; i++, data = data[FdListEntry..])
        {
            if (i > 0)
                text.Append((byte)' ');
            long fd = BinaryPrimitives.ReadInt64LittleEndian(data);
            text.Append((ulong)fd);
            text.Append((byte)':');
            text.Append((byte)names.FdLetter(fd));
            text.AppendHex((uint)BinaryPrimitives.ReadInt16LittleEndian(data[8..]), upperCase: false);
        }
    }

    private static void AppendSignals(TextBuffer text, ulong signals)
    {
        bool first = true;
        for (int signal = 1; signal <= 32; signal++)
        {
            if ((signals & (1UL << (signal - 1))) == 0 || SignalNames.Name(signal) is not { } name)
                continue;
            if (!first)
                text.Append((byte)' ');
            text.Append(name);
            first = false;
        }
    }

    private static void AppendRelativeTime(TextBuffer text, ulong time)
    {
        if (time == ulong.MaxValue)
        {
            text.Append("none"u8);
            return;
        }

        text.Append(time);
        text.Append((byte)'(');
        ShortNumber.Append(text, time / NanosecondsPerSecond);
        text.Append("s)"u8);
    }

    [MethodImpl(HotPath.Compile)]
    private static void AppendFlags(TextBuffer text, ParameterInfo parameter, ReadOnlySpan<byte> data, NumberFormat format)
    {
        if (!TryRead(data, signed: false, out ulong value))
            return;
        if (parameter.Type == ParameterType.Mode)
            AppendNumber(text, data, signed: false, format);
        else
            text.Append(value);
        if (ValueNames.Find(parameter.Table) is not { } names)
            return;
        int before = text.Length;
        text.Append((byte)'(');
        if (parameter.Type is ParameterType.EnumFlags8 or ParameterType.EnumFlags16 or ParameterType.EnumFlags32)
            names.AppendValue(text, (uint)value);
        else
            names.AppendBits(text, (uint)value);
        text.CloseBracket(before, text.Length > before + 1);
    }

    private static void AppendAccount<TNames>(TextBuffer text, uint id, bool user, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        text.Append((long)(int)id);
        if (id == uint.MaxValue)
        {
            text.AppendInBrackets("<NONE>");
            return;
        }

        text.Append((byte)'(');
        if (!(user ? names.AppendUser(text, id) : names.AppendGroup(text, id)))
            text.Append("<NA>"u8);
        text.Append((byte)')');
    }

    private static void AppendInBrackets(this TextBuffer text, string word)
    {
        text.Append((byte)'(');
        text.Append(word);
        text.Append((byte)')');
    }

    private static void AppendInBrackets(this TextBuffer text, ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty)
            return;
        text.Append((byte)'(');
        text.Append(word);
        text.Append((byte)')');
    }

    // Brackets with nothing in them are not shown.
    private static void CloseBracket(this TextBuffer text, int before, bool filled)
    {
        if (filled)
            text.Append((byte)')');
        else
            text.Length = before;
    }
}
