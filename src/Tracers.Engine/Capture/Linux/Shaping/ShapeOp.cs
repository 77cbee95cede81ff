namespace Tracers.Engine.Capture.Linux;

/// <summary>One parameter of an event, compiled from calls.txt.</summary>
internal struct ShapeOp
{
    public const byte NoSlot = byte.MaxValue;

    public OpCode Code;

    /// <summary>Bytes of the parameter; 0 where they differ from event to event.</summary>
    public byte Width;

    /// <summary>An argument, or which of several things the code means.</summary>
    public byte A;
    public byte B;

    /// <summary>Which copy; <see cref="NoSlot"/>: none.</summary>
    public byte Slot;
    public byte OtherSlot;

    /// <summary>Where in the copy.</summary>
    public byte At;
    public MemoryForm Form;

    /// <summary>Index of the list of values that converts it.</summary>
    public ushort Map;
    public long Value;
}
