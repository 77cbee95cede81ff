namespace Tracers.Engine.State;

/// <summary>Thread flags as the format numbers them (FORMAT.md, process list), not as Linux does.</summary>
[Flags]
internal enum CloneFlags : uint
{
    None = 0,
    Files = 1,
    Thread = 0x2000,
    ChildInPidNamespace = 0x20000000,
}
