namespace Tracers.Engine.Pictures.Interactive;

/// <summary>What a mouse did.</summary>
internal enum MouseAction
{
    /// <summary>Nothing: it was a key.</summary>
    None,

    /// <summary>The left button was pressed.</summary>
    Press,

    /// <summary>It moved with the left button pressed.</summary>
    Drag,

    /// <summary>The left button was released.</summary>
    Release,

    /// <summary>The wheel went up.</summary>
    WheelUp,

    /// <summary>The wheel went down.</summary>
    WheelDown,
}
