using System.Globalization;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers the ids of spans.</summary>
public sealed class SpanIdCompleter : CaptureCompleter
{
    private protected override IEnumerable<Choice> Choices(CaptureNames names) => names.Ids.OrderBy(static i => i.Key).Select(static i => new Choice(
        i.Key.ToString(CultureInfo.InvariantCulture), $"{i.Value.OuterTag}: {Views.Spans(i.Value.Count, i.Value.Time)}"));
}
