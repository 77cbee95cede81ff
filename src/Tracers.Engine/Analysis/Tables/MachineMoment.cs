namespace Tracers.Engine.Analysis.Tables;

/// <summary>Tells of one event after another whether it lies before the moment that is asked for, and in the time whose activity counts.</summary>
/// <remarks>
/// An event behind the moment does not end the pass: those of several cpus are merged with small inversions, and a clock can be set back. What
/// comes late and lies before the moment still counts, as it does for <see cref="EventFilter"/>.
/// </remarks>
internal sealed class MachineMoment(MachineQuery query) : IPassMoment
{
    private readonly bool _hasBounds = query.At is not null || query.After is not null;
    private long _after = long.MinValue;
    private long _at = long.MaxValue;
    private bool _isResolved;

    /// <inheritdoc/>
    public bool IsPassed { get; private set; }

    /// <inheritdoc/>
    public bool Precedes(long time, long first)
    {
        // Before the first event of the machine the recorder only describes what was there.
        if (!_hasBounds || first == 0)
            return true;
        if (!_isResolved)
            Resolve(first);
        if (time < _at)
            return true;
        IsPassed = true;
        return false;
    }

    /// <summary>Whether activity at this time counts.</summary>
    public bool Counts(long time) => time >= _after;

    private void Resolve(long first)
    {
        _after = query.After?.At(first, TimeZoneInfo.Local) ?? long.MinValue;
        _at = query.At?.At(first, TimeZoneInfo.Local) ?? long.MaxValue;
        _isResolved = true;
    }
}
