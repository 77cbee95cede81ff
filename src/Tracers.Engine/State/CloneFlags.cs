namespace Tracers.Engine.State;

/// <summary>Thread flags as the format numbers them (FORMAT.md, process list), not as Linux does.</summary>
[Flags]
internal enum CloneFlags : uint
{
    None = 0,
    Files = 1,
    Thread = 0x2000,

    /// <summary>Not stored: the call returned in the child before it did in the parent.</summary>
    Inverted = 0x10000,
    ChildInPidNamespace = 0x20000000,
}
