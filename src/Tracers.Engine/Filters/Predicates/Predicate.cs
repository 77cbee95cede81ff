using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Predicates;

/// <summary>A part of a filter, compiled.</summary>
internal abstract class Predicate
{
    /// <summary>Whether it is true of an event.</summary>
    public abstract bool Matches(scoped in EventContext context);

    /// <summary>What it says of all events of one type that are neither markers nor calls without a type of their own.</summary>
    public virtual Verdict Of(EventInfo type) => Verdict.Depends;

    /// <summary>The same for such events of one type, without what their type answers: less to ask of each.</summary>
    public virtual Predicate For(EventInfo type) => this;
}
