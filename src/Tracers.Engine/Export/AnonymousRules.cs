using Tracers.Engine.Events;

namespace Tracers.Engine.Export;

/// <summary>The one place that says what an anonymous capture has of each parameter.</summary>
internal static class AnonymousRules
{
    private const int FirstAccount = 354;
    private const int LastAccount = 361;
    private const int ContainerFields = 228;
    private const int MemoryFile = 405;
    private const int AsynchronousEvent = 402;

    private static readonly AnonymousRule[]?[] s_byType = new AnonymousRule[]?[EventTable.Infos.Length];

    /// <summary>The rules of an event's parameters; those behind the end are removed.</summary>
    public static AnonymousRule[] Of(int type) => s_byType[type] ??= Make(EventTable.Infos[type]);

    private static AnonymousRule[] Make(EventInfo info) => Array.ConvertAll(info.Parameters, p => Of(info.Number, p));

    /// <summary>Whether a parameter is a number or a set of names that the format has numbers for.</summary>
    private static bool IsNumber(ParameterType type) => type is
        ParameterType.Int8 or ParameterType.Int16 or ParameterType.Int32 or ParameterType.Int64
        or ParameterType.UInt8 or ParameterType.UInt16 or ParameterType.UInt32 or ParameterType.UInt64
        or ParameterType.Errno or ParameterType.Fd or ParameterType.Fd32 or ParameterType.Pid or ParameterType.Pid32
        or ParameterType.SyscallId or ParameterType.SigType or ParameterType.SigSet or ParameterType.RelTime or ParameterType.AbsTime
        or ParameterType.Port or ParameterType.L4Proto or ParameterType.SockFamily or ParameterType.Bool or ParameterType.Double
        or ParameterType.Flags8 or ParameterType.Flags16 or ParameterType.Flags32 or ParameterType.Mode
        or ParameterType.EnumFlags8 or ParameterType.EnumFlags16 or ParameterType.EnumFlags32
        or ParameterType.Uid or ParameterType.Gid;

    private static AnonymousRule Of(int type, ParameterInfo parameter) => parameter.Type switch
    {
        ParameterType.FdList => AnonymousRule.Keep,
        { } number when IsNumber(number) => AnonymousRule.Number,
        ParameterType.FsPath or ParameterType.FsRelPath => AnonymousRule.Path,
        ParameterType.Ipv4Addr or ParameterType.Ipv6Addr => AnonymousRule.Address,
        ParameterType.SockAddr => AnonymousRule.SocketAddress,
        ParameterType.SockTuple => AnonymousRule.SocketTuple,
        ParameterType.Dyn => AnonymousRule.Dynamic,
        ParameterType.CharBuf => OfText(type, parameter.Name),
        ParameterType.CharBufArray => OfList(parameter.Name),
        ParameterType.ByteBuf => OfBytes(type, parameter.Name),
        _ => AnonymousRule.Remove,
    };

    private static AnonymousRule OfText(int type, string name) => name switch
    {
        "comm" => AnonymousRule.Keep,
        "arg2_str" => AnonymousRule.ThreadName,
        "exe" or "cwd" or "path" or "home" or "shell" or "oldpath" or "newpath" or "target" or "special" or "quotafilepath" or "dev" => AnonymousRule.Path,
        "container_id" => AnonymousRule.Name,
        "json" => AnonymousRule.Container,
        "name" when type == AsynchronousEvent => AnonymousRule.Container,
        "name" when type is (>= FirstAccount and <= LastAccount) or ContainerFields or MemoryFile => AnonymousRule.Name,
        "id" when type == ContainerFields => AnonymousRule.Name,
        "image" when type == ContainerFields => AnonymousRule.Path,
        "name" when type is 102 or 110 => AnonymousRule.Path,
        _ => AnonymousRule.Remove,
    };

    private static AnonymousRule OfList(string name) => name switch
    {
        "argv" => AnonymousRule.Program,
        "cgroups" => AnonymousRule.Cgroups,
        _ => AnonymousRule.Remove,
    };

    private static AnonymousRule OfBytes(int type, string name) => name switch
    {
        "cgroups" => AnonymousRule.Cgroups,
        "data" when type == AsynchronousEvent => AnonymousRule.Container,
        "data" when (EventTable.Infos[type].Traits & EventTraits.Writes) != 0 => AnonymousRule.Payload,
        _ => AnonymousRule.Remove,
    };
}
