namespace Tracers.Engine.Events;

/// <summary>How a number is shown.</summary>
internal enum NumberFormat : byte
{
    Decimal,

    /// <summary>Upper case, no prefix.</summary>
    Hex,
    Octal,
}
