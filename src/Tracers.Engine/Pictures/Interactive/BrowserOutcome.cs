namespace Tracers.Engine.Pictures.Interactive;

/// <summary>What a key or the mouse led to.</summary>
internal enum BrowserOutcome
{
    /// <summary>Nothing has changed.</summary>
    Nothing,

    /// <summary>The picture is another one.</summary>
    Redraw,

    /// <summary>What is chosen is taken.</summary>
    Take,

    /// <summary>The user leaves with nothing.</summary>
    Leave,
}
