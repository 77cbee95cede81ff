namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>A map of an object, which owns it.</summary>
internal readonly struct BpfMap
{
    private readonly nint _map;

    internal BpfMap(SafeBpfObject owner, nint map, string name)
    {
        Owner = owner;
        _map = map;
        Name = name;
    }

    public string Name { get; }

    internal SafeBpfObject Owner { get; }

    /// <summary>The <c>struct bpf_map</c>.</summary>
    /// <exception cref="ObjectDisposedException">The object was closed.</exception>
    internal nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(Owner.IsClosed, Owner);
            return _map;
        }
    }
}
