using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Report;

/// <summary>A system call in a trace whose calls are shown; texts are made of what is left at the end.</summary>
internal readonly struct ReportCall
{
    /// <summary>Where its span stands among those that are shown.</summary>
    public required int Span { get; init; }

    /// <summary>When it began, ns since the epoch; when it returned where that is not known.</summary>
    public required long Start { get; init; }

    /// <summary>Nanoseconds; −1 when its beginning is not in the capture.</summary>
    public required long Latency { get; init; }

    /// <summary>Type of its event.</summary>
    public required int Type { get; init; }

    /// <summary>Number of a call that has no event of its own.</summary>
    public int GenericId { get; init; }

    /// <summary>The descriptor; of a call that moves bytes from one to another the one that is written.</summary>
    public FdInfo? Fd { get; init; }

    /// <summary>What the time in it counts as.</summary>
    public WorkField Part { get; init; }

    /// <summary>Whether its bytes come in; else they go out.</summary>
    public bool Reads { get; init; }

    /// <summary>Bytes that it moved; −1 when it moves none, or failed.</summary>
    public long Bytes { get; init; }

    /// <summary>Number of the error; 0 for none.</summary>
    public long Error { get; init; }

    public int ThreadId { get; init; }

    /// <summary>What the call is named.</summary>
    public string Name => GenericCall.Is(Type) ? GenericCall.Name(GenericId) : EventTable.Infos[Type].Name;
}
