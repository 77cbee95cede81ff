namespace Tracers.Engine.Capture.Linux;

/// <summary>How the records of one side of a system call become events.</summary>
internal sealed class EventShape
{
    /// <summary>More copies than this one record cannot have: four, of which each may count as two.</summary>
    public const int MostSlots = 2 * CallRow.Copies.MaxCopies;

    public required ushort Type { get; init; }

    /// <summary>A parameter each.</summary>
    public required ShapeOp[] Ops { get; init; }

    /// <summary>The event's header and lengths, where all that is the same in every such event stands already.</summary>
    public required byte[] Template { get; init; }

    /// <summary>The copies that a record of this sort brings, in their order.</summary>
    public required CopyKind[] Slots { get; init; }

    /// <summary>Whether the parameters need the call's arguments.</summary>
    public required bool NeedsArguments { get; init; }

    /// <summary>Whether its first copy is the flags that the end of the call needs.</summary>
    public bool KeepsFlags { get; init; }

    /// <summary>Whether its first copy is the data of a write that may be a marker.</summary>
    public required bool BeginsWithData { get; init; }
}
