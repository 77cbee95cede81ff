using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>Something that is written of every span.</summary>
/// <param name="Name">Its name, which is that of the property of the module's object.</param>
/// <param name="Value">What it is of a span; the text is the path of the capture, null where nobody asks for that.</param>
internal sealed record SpanColumn(string Name, Func<SpanRecord, string?, SpanValue> Value)
{
    private static readonly (string Name, Func<WorkTotals, long?> Value)[] s_work =
    [
        ("Calls", static w => w.Calls), ("IOCalls", static w => w.IoCalls), ("Errors", static w => w.Errors), ("UntimedCalls", static w => w.UntimedCalls),
        ("Bytes", static w => w.Bytes), ("ReadBytes", static w => w.ReadBytes), ("WriteBytes", static w => w.WriteBytes),
        ("FileBytes", static w => w.FileBytes), ("NetworkBytes", static w => w.NetworkBytes), ("PipeBytes", static w => w.PipeBytes), ("OtherBytes", static w => w.OtherBytes),
        ("FileTime", static w => w.FileTime), ("NetworkTime", static w => w.NetworkTime), ("PipeTime", static w => w.PipeTime), ("WaitTime", static w => w.WaitTime),
        ("OtherTime", static w => w.OtherTime), ("RestTime", static w => w.RestTime), ("CpuTime", static w => w.CpuTime), ("OffCpuTime", static w => w.OffCpuTime),
    ];

    /// <summary>What the markers say. Times are nanoseconds, moments nanoseconds since the epoch.</summary>
    public static IReadOnlyList<SpanColumn> Described { get; } =
    [
        new("Id", static (s, _) => SpanValue.Identifier(s.Id)),
        new("Tag", static (s, _) => SpanValue.Of(s.Tags.Text)),
        new("Tags", static (s, _) => SpanValue.Of(s.Tags.Tags)),
        new("Arguments", static (s, _) => SpanValue.Of(MarkerText.SplitArguments(s.Arguments))),
        new("EndArguments", static (s, _) => SpanValue.Of(MarkerText.SplitArguments(s.EndArguments))),
        new("Start", static (s, _) => s.State == SpanState.Orphan ? default : SpanValue.Of(s.Start)),
        new("End", static (s, _) => s.State == SpanState.Unfinished ? default : SpanValue.Of(s.End)),
        new("Duration", static (s, _) => s.State == SpanState.Finished ? SpanValue.Of(s.Duration) : default),
        new("SelfTime", static (s, _) => s.State == SpanState.Finished ? SpanValue.Of(s.SelfTime) : SpanValue.Of(s.Work?.Own.Time)),
        new("State", static (s, _) => SpanValue.Of(s.State.ToString())),
        new("Depth", static (s, _) => s.State == SpanState.Orphan ? default : SpanValue.Of(s.Depth)),
        new("ParentId", static (s, _) => s.ParentSequence == 0 ? default : SpanValue.Identifier(s.ParentId)),
        new("ParentTag", static (s, _) => SpanValue.Of(s.ParentTags?.Text)),
        new("ParentEvidence", static (s, _) => SpanValue.Of(s.ParentEvidence.ToString())),
        new("ThreadId", static (s, _) => SpanValue.Of(s.Opener.Tid)),
        new("ProcessId", static (s, _) => SpanValue.Of(s.Opener.Pid)),
        new("ProcessName", static (s, _) => SpanValue.Of(s.Opener.Name)),
        new("EndThreadId", static (s, _) => SpanValue.Of(s.Closer?.Tid)),
        new("EndProcessId", static (s, _) => SpanValue.Of(s.Closer?.Pid)),
        new("EndProcessName", static (s, _) => SpanValue.Of(s.Closer?.Name)),
        new("ChildHits", static (s, _) => SpanValue.Of(s.ChildHits)),
        new("Path", static (_, path) => SpanValue.Of(path)),
    ];

    /// <summary>What was done in a span and in those inside of it; without values where that was not asked for.</summary>
    public static IReadOnlyList<SpanColumn> Inclusive { get; } =
        Array.ConvertAll(s_work, static w => new SpanColumn(w.Name, (s, _) => s.Work is { } work ? SpanValue.Of(w.Value(work.Inclusive)) : default));

    /// <summary>The span's own part of the same. Its time stands as self time among the others.</summary>
    public static IReadOnlyList<SpanColumn> Own { get; } =
        Array.ConvertAll(s_work, static w => new SpanColumn(w.Name, (s, _) => s.Work is { } work ? SpanValue.Of(w.Value(work.Own)) : default));
}
