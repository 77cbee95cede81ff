using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;
using Tracers.Live;

namespace Tracers.Completion;

/// <summary>Offers the ids of this session's live captures, the running ones first.</summary>
public sealed class RecordingIdCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) =>
        from recording in SessionRecordings.Current?.All ?? []
        let state = recording.State
        orderby state != TracerRecordingState.Running, recording.Id
        select new Choice(recording.Id.ToString(CultureInfo.InvariantCulture), $"{state}: {recording.Path}, {Views.Count(recording.Events, "event")}");
}
