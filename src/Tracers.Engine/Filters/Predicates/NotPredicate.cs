using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Predicates;

internal sealed class NotPredicate(Predicate part) : Predicate
{
    public override bool Matches(scoped in EventContext context) => !part.Matches(in context);

    public override Predicate For(EventInfo type) => new NotPredicate(part.For(type));

    public override Verdict Of(EventInfo type) => part.Of(type) switch
    {
        Verdict.Yes => Verdict.No,
        Verdict.No => Verdict.Yes,
        _ => Verdict.Depends,
    };
}
