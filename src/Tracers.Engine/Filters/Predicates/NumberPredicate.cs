using Tracers.Engine.Events;
using Tracers.Engine.Filters.Comparisons;

namespace Tracers.Engine.Filters.Predicates;

internal sealed class NumberPredicate(FieldReader reader, NumberComparison comparison) : Predicate
{
    private readonly FieldReader.NumberOf? _read = reader.Number;

    public override bool Matches(scoped in EventContext context)
    {
        if (reader.EachNumber is not { } next)
            return _read!(in context, out long value) && comparison.Matches(value);
        FieldCursor cursor = default;
        while (next(in context, ref cursor, out long one))
        {
            if (comparison.Matches(one))
                return true;
        }

        return false;
    }

    public override Verdict Of(EventInfo type) =>
        reader.NumberByType is not { } byType ? Verdict.Depends
        : byType(type) is { } value && comparison.Matches(value) ? Verdict.Yes
        : Verdict.No;
}
