namespace Tracers.Engine.Filters.Predicates;

/// <summary>What can be said of all events of one type before one is seen.</summary>
internal enum Verdict : byte
{
    /// <summary>It depends on the event.</summary>
    Depends,

    No,

    Yes,
}
