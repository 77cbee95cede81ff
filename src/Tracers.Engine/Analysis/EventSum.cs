namespace Tracers.Engine.Analysis;

/// <summary>Events that have something in common.</summary>
internal sealed class EventSum
{
    /// <summary>How many there are.</summary>
    public long Count { get; set; }
}
