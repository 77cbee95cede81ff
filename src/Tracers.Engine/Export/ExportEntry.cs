using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Export;

/// <summary>An event that an export holds.</summary>
internal struct ExportEntry
{
    /// <summary>Where its bytes begin.</summary>
    public int Start;

    public int Length;

    public EventLayout Layout;

    /// <summary>The thread whose call it begins or the span, while its fate is open: it knows the entry by its number.</summary>
    public object? Holder;

    /// <summary>How many events had been selected before it.</summary>
    public long SelectedBefore;

    public ExportFate Fate;

    /// <summary>The flags that it is written with.</summary>
    public EventBlockOptions Options;

    /// <summary>Whether it is also written where no selected event follows.</summary>
    public bool IsNeeded;
}
