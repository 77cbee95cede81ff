using Tracers.Engine.Filters.Comparisons;

namespace Tracers.Engine.Filters.Predicates;

internal sealed class RealPredicate(FieldReader reader, RealComparison comparison) : Predicate
{
    public override bool Matches(scoped in EventContext context) => reader.Real!(in context, out double value) && comparison.Matches(value);
}
