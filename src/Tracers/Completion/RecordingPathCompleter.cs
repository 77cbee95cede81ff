using System.Collections;
using System.Management.Automation.Language;
using Tracers.Live;

namespace Tracers.Completion;

/// <summary>Offers the files of this session's live captures, those of the running ones first.</summary>
public sealed class RecordingPathCompleter : ChoiceCompleter
{
    private protected override bool TakesPatterns => true;

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) =>
        from recording in SessionRecordings.Current?.All ?? []
        let state = recording.State
        orderby state != TracerRecordingState.Running, recording.Id
        select new Choice(recording.Path, $"{state}: capture {recording.Id}, {Views.Count(recording.Events, "event")}");
}
