using Tracers.Engine.Spans;

namespace Tracers.Engine.Analysis;

/// <summary>Tells of one span after another whether a query asks for it.</summary>
internal sealed class SpanFilter(SpanQuery query)
{
    private TagTable? _tags;

    // By the list's number: one answer for all spans of the same tags.
    private bool?[] _tagMatches = new bool?[64];

    /// <summary>Begins a pass, whose tags have numbers of their own.</summary>
    public void Attach(TagTable tags)
    {
        _tags = tags;
        Array.Clear(_tagMatches);
    }

    /// <summary>Whether a span of the pass is wanted.</summary>
    public bool Accepts(SpanNode span)
    {
        SpanState state = span.Start < 0 ? SpanState.Orphan : span.End == 0 ? SpanState.Unfinished : SpanState.Finished;
        return Accepts(state, span.Id, span.End - span.Start) && (query.Tag is null || Matches(span.Tags));
    }

    /// <summary>Whether a span that was handed out is wanted.</summary>
    public bool Accepts(SpanRecord span) =>
        Accepts(span.State, span.Id, span.Duration) && (query.Tag is not { } matches || matches(span.Tags));

    private bool Accepts(SpanState state, long id, long duration) =>
        (query.MinDuration is not { } least || (state == SpanState.Finished && duration >= least))
        && (query.Ids is not { } ids || ids.Contains(id))
        && (query.States is not { } states || states.Contains(state));

    private bool Matches(int tags)
    {
        if (tags >= _tagMatches.Length)
            Array.Resize(ref _tagMatches, Math.Max(tags + 1, _tagMatches.Length * 2));
        return _tagMatches[tags] ??= query.Tag!(_tags![tags]);
    }
}
