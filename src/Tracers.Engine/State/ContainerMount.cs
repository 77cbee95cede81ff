namespace Tracers.Engine.State;

/// <summary>A directory of the machine, or a volume, in a container.</summary>
/// <param name="Source">Where it is on the machine.</param>
/// <param name="Destination">Where the container sees it.</param>
/// <param name="Mode">As the engine tells it, often empty.</param>
/// <param name="IsWritable">Whether the container may write.</param>
/// <param name="Propagation">Whether mounts below it come through, as the engine tells it.</param>
internal sealed record ContainerMount(string Source, string Destination, string Mode, bool IsWritable, string Propagation)
{
    /// <summary>Whether it can be written, as sysdig has it in texts.</summary>
    public string Writable => IsWritable ? "true" : "false";

    /// <summary>All of it, joined with colons.</summary>
    public string Text => $"{Source}:{Destination}:{Mode}:{Writable}:{Propagation}";
}
