using System.Collections;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers what spans can be written as.</summary>
public sealed class SpanFormatCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(TracerSpanFormat.Chrome), "Trace events, which Perfetto (ui.perfetto.dev) and chrome://tracing open: a track for each thread."),
        new(nameof(TracerSpanFormat.Speedscope), "A flame graph for speedscope (www.speedscope.app): over time, or by self time or bytes with -Weight."),
        new(nameof(TracerSpanFormat.Collapsed), "A line for each stack of tags and its weight: for flamegraph.pl, inferno and speedscope."),
        new(nameof(TracerSpanFormat.Csv), "A table with a line for each span: times in nanoseconds."),
        new(nameof(TracerSpanFormat.Json), "An array with an object for each span: times in nanoseconds."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
