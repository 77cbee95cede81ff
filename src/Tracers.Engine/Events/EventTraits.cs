namespace Tracers.Engine.Events;

/// <summary>What the format's table says of an event type.</summary>
[Flags]
internal enum EventTraits : ushort
{
    None = 0,
    CreatesFd = 1,
    DestroysFd = 2,
    UsesFd = 4,
    Reads = 8,
    Writes = 0x10,
    ChangesState = 0x20,
    Unused = 0x40,
    Waits = 0x80,

    /// <summary>Not a system call of the thread it names: the thread's last call is left alone.</summary>
    Detached = 0x100,
    Old = 0x200,

    /// <summary>Parameter lengths are 32 bits wide.</summary>
    Large = 0x800,

    /// <summary>Reads or writes bytes through a descriptor: sysdig's <c>evt.is_io</c>.</summary>
    Io = Reads | Writes,
}
