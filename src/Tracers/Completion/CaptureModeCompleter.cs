using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Capture;

namespace Tracers.Completion;

/// <summary>Offers how much of each system call is recorded.</summary>
public sealed class CaptureModeCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(CaptureMode.Full), "The beginning and the end of each call: latencies, and every reader of captures understands the file."),
        new(nameof(CaptureMode.ExitOnly), "The end of each call alone, with its arguments: half of the cost, no latencies."),
        new(nameof(CaptureMode.MarkersOnly), "Markers, and the calls that say what a descriptor is: spans without their I/O, at the least cost."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
