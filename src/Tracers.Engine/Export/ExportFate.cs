namespace Tracers.Engine.Export;

/// <summary>What becomes of an event that an export holds.</summary>
internal enum ExportFate : byte
{
    /// <summary>It is not written.</summary>
    Dropped,

    /// <summary>Not known yet: a call that has not returned, or a span in which nothing was selected so far.</summary>
    Open,

    /// <summary>It is written, to change the state of those who read it.</summary>
    Kept,

    /// <summary>It was asked for.</summary>
    Selected,
}
