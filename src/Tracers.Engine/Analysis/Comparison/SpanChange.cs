namespace Tracers.Engine.Analysis.Comparison;

/// <summary>How spans of one capture differ from those of another.</summary>
public enum SpanChange
{
    /// <summary>They take longer: more than chance explains, and by more than the smallest change that counts.</summary>
    Slower,

    /// <summary>They take less long, in the same sense.</summary>
    Faster,

    /// <summary>Neither: what differs can be chance, or is less than the smallest change that counts.</summary>
    Same,

    /// <summary>Only the second capture has such spans.</summary>
    New,

    /// <summary>Only the first capture has such spans.</summary>
    Gone,

    /// <summary>Fewer than eight of them took a known time in one of the captures: too few to tell.</summary>
    TooFew,
}
