using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Filters.Comparisons;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Predicates;

internal sealed class TextPredicate(FieldReader reader, TextComparison comparison) : Predicate
{
    // The answers by the numbers of names: a name is compared once. 0 not asked, 1 no, 2 yes.
    private byte[] _byIdentity = [];

    // Numbers stand for the same names as long as the state has the same catalog: in one pass, unless it forgets old names meanwhile.
    private FdCatalog? _numbers;

    public override bool Matches(scoped in EventContext context)
    {
        if (reader.EachText is not { } next)
            return reader.Identity is null ? reader.Text!(in context, out ReadOnlySpan<byte> value) && comparison.Matches(value) : MatchesName(in context);
        FieldCursor cursor = default;
        while (next(in context, ref cursor, out ReadOnlySpan<byte> one))
        {
            if (comparison.Matches(one))
                return true;
        }

        return false;
    }

    public override Verdict Of(EventInfo type) =>
        reader.TextByType is not { } byType ? Verdict.Depends
        : byType(type) is { } value && comparison.Matches(Encoding.UTF8.GetBytes(value)) ? Verdict.Yes
        : Verdict.No;

    private bool MatchesName(scoped in EventContext context)
    {
        if (!reader.Identity!(in context, out long number))
            return reader.Text!(in context, out ReadOnlySpan<byte> unnamed) && comparison.Matches(unnamed);
        if (_numbers != context.Pass.State.Fds)
        {
            _numbers = context.Pass.State.Fds;
            Array.Clear(_byIdentity);
        }

        if (number >= _byIdentity.Length)
            Array.Resize(ref _byIdentity, Math.Max((int)number + 1, _byIdentity.Length * 2));
        ref byte answer = ref _byIdentity[number];
        if (answer == 0)
            answer = reader.Text!(in context, out ReadOnlySpan<byte> value) && comparison.Matches(value) ? (byte)2 : (byte)1;
        return answer == 2;
    }
}
