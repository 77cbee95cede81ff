using Tracers.Engine.Filters.Comparisons;

namespace Tracers.Engine.Filters.Predicates;

internal sealed class AddressPredicate(FieldReader reader, AddressComparison comparison) : Predicate
{
    public override bool Matches(scoped in EventContext context)
    {
        if (reader.EachAddress is not { } next)
            return reader.Address!(in context, out FieldAddress value) && comparison.Matches(value);
        FieldCursor cursor = default;
        while (next(in context, ref cursor, out FieldAddress one))
        {
            if (comparison.Matches(one))
                return true;
        }

        return false;
    }
}
