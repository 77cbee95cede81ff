using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Predicates;

/// <summary>All of its parts, or one of them.</summary>
/// <param name="parts">The parts, asked in their order.</param>
/// <param name="decides">The answer of one part that is that of all: false for <c>and</c>, true for <c>or</c>.</param>
internal sealed class CombinedPredicate(Predicate[] parts, bool decides) : Predicate
{
    private readonly Verdict _decisive = decides ? Verdict.Yes : Verdict.No;
    private readonly Verdict _neutral = decides ? Verdict.No : Verdict.Yes;

    public override bool Matches(scoped in EventContext context)
    {
        foreach (Predicate part in parts)
        {
            if (part.Matches(in context) == decides)
                return decides;
        }

        return !decides;
    }

    public override Predicate For(EventInfo type)
    {
        Predicate[] open = [.. parts.Where(p => p.Of(type) != _neutral).Select(p => p.For(type))];
        return open.Length == 1 ? open[0] : new CombinedPredicate(open, decides);
    }

    public override Verdict Of(EventInfo type)
    {
        Verdict all = _neutral;
        foreach (Predicate part in parts)
        {
            Verdict one = part.Of(type);
            if (one == _decisive)
                return one;
            if (one == Verdict.Depends)
                all = one;
        }

        return all;
    }
}
