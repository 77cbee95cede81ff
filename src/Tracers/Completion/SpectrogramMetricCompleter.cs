using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers what the columns of a spectrogram can be.</summary>
public sealed class SpectrogramMetricCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(SpectrogramMetric.Duration), "How long spans took: csysdig's spectrogram of traces."),
        new(nameof(SpectrogramMetric.Bytes), "How many bytes were read and written in spans."),
        new(nameof(SpectrogramMetric.Latency), "How long system calls took: csysdig's spectrogram of everything, and sysdig's chisel."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
