using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Predicates;

internal sealed class OrPredicate(Predicate[] parts) : Predicate
{
    public override bool Matches(scoped in EventContext context)
    {
        foreach (Predicate part in parts)
        {
            if (part.Matches(in context))
                return true;
        }

        return false;
    }

    public override Predicate For(EventInfo type)
    {
        Predicate[] open = [.. parts.Where(p => p.Of(type) != Verdict.No).Select(p => p.For(type))];
        return open.Length == 1 ? open[0] : new OrPredicate(open);
    }

    public override Verdict Of(EventInfo type)
    {
        Verdict any = Verdict.No;
        foreach (Predicate part in parts)
        {
            Verdict one = part.Of(type);
            if (one == Verdict.Yes)
                return Verdict.Yes;
            if (one == Verdict.Depends)
                any = Verdict.Depends;
        }

        return any;
    }
}
