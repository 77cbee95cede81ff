using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>What is summed up for a descriptor of a table while a capture is read, from its opening or first use to its closing.</summary>
internal sealed class DescriptorUse(TracedThread owner, FdInfo info)
{
    /// <summary>Whose table it is in: a main thread, or a thread that has one of its own.</summary>
    public readonly TracedThread Owner = owner;

    /// <summary>What it was last.</summary>
    public FdInfo Info = info;

    public DescriptorTotals Totals;
}
