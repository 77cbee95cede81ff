using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Says whether a call lies in a span with certain tags, at any depth.</summary>
/// <param name="matches">Asked once for each list of tags of a pass.</param>
/// <param name="scope">Of the spans around a call those that count.</param>
internal sealed class TaggedSpans(Func<TagList, bool> matches, SpanScope scope)
{
    private bool?[] _answers = new bool?[64];
    private TagTable _tags = null!;
    private OpenSpans? _open;

    /// <summary>Begins a pass, whose numbers for tags mean nothing in the next one.</summary>
    public void Attach(CapturePass pass)
    {
        _tags = pass.Tracker.Tags;
        _open = scope == SpanScope.Thread ? null : new OpenSpans(pass.State, pass.Tracker, scope, span => Matches(span.Tags));
        Array.Clear(_answers);
    }

    /// <summary>Whether a call of this thread lies in one of them now.</summary>
    public bool AreAround(TracedThread thread)
    {
        if (_open is not null)
            return _open.Innermost(thread) is not null;
        for (SpanNode? span = SpanTracker.InnermostOf(thread); span is not null; span = span.Outer)
        {
            if (Matches(span.Tags))
                return true;
        }

        return false;
    }

    private bool Matches(int tags)
    {
        if (tags >= _answers.Length)
            Array.Resize(ref _answers, Math.Max(tags + 1, _answers.Length * 2));
        return _answers[tags] ??= matches(_tags[tags]);
    }
}
