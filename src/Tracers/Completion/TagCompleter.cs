using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers the tags of spans: all tags of a span joined, and each alone where a span has several.</summary>
public sealed class TagCompleter : CaptureCompleter
{
    private protected override bool TakesPatterns => true;

    private protected override IEnumerable<Choice> Choices(CaptureNames names) =>
        names.Tags.Select(static t => new Choice(t.Key, $"{t.Key}: {Spans(t.Value)}"))
            .Concat(names.Levels.Where(level => !names.Tags.ContainsKey(level.Key)).Select(static l => new Choice(l.Key, $"{l.Key} in any place: {Spans(l.Value)}")))
            .Where(static choice => choice.Value.Length > 0)
            .OrderBy(static choice => choice.Value, StringComparer.Ordinal);

    private static string Spans(SpanSum sum) => Views.Spans(sum.Count, sum.Time);
}
