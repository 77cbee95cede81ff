namespace Tracers.Engine.Analysis;

/// <summary>What a <see cref="TimeBound"/> counts from.</summary>
internal enum TimeBoundKind
{
    /// <summary>1970-01-01 00:00 UTC.</summary>
    Epoch,

    /// <summary>The first event of the capture.</summary>
    FirstEvent,

    /// <summary>Midnight, in local time.</summary>
    Midnight,
}
