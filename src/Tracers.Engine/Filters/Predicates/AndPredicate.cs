using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Predicates;

internal sealed class AndPredicate(Predicate[] parts) : Predicate
{
    public override bool Matches(scoped in EventContext context)
    {
        foreach (Predicate part in parts)
        {
            if (!part.Matches(in context))
                return false;
        }

        return true;
    }

    public override Predicate For(EventInfo type)
    {
        Predicate[] open = [.. parts.Where(p => p.Of(type) != Verdict.Yes).Select(p => p.For(type))];
        return open.Length == 1 ? open[0] : new AndPredicate(open);
    }

    public override Verdict Of(EventInfo type)
    {
        Verdict all = Verdict.Yes;
        foreach (Predicate part in parts)
        {
            Verdict one = part.Of(type);
            if (one == Verdict.No)
                return Verdict.No;
            if (one == Verdict.Depends)
                all = Verdict.Depends;
        }

        return all;
    }
}
