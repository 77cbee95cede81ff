namespace Tracers.Engine.Events;

/// <summary>Calls that have no event type of their own: two types stand for all of them and carry the call's number.</summary>
internal static class GenericCall
{
    private const int Exit = 1;
    private const int UnknownId = 0;

    /// <summary>Whether a type is one of the two.</summary>
    public static bool Is(int type) => type <= Exit;

    /// <summary>The call's number; that of an unknown call when the event has none or the tables do not know it.</summary>
    public static int Id(scoped in EventView e)
    {
        int id = Number(e.Parameter(0));
        if (id == UnknownId && e.ParameterCount > 1)
            return NativeCalls.IdOf(Number(e.Parameter(1)));
        return id < SyscallTable.Count ? id : UnknownId;
    }

    private static int Number(ReadOnlySpan<byte> bytes) => bytes.Length < sizeof(ushort) ? UnknownId : bytes[0] | (bytes[1] << 8);

    /// <summary>The name that the event is listed under.</summary>
    public static string Name(int id) => SyscallTable.Name(id) ?? "";
}
