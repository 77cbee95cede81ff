using Tracers.Engine.Spans;

namespace Tracers.Engine.Report;

/// <summary>A span that a report shows, or may show as long as no others displace it.</summary>
internal sealed class ReportSpan
{
    /// <param name="record">The span.</param>
    /// <param name="withArguments">Whether there is room for its arguments.</param>
    public ReportSpan(SpanRecord record, bool withArguments)
    {
        Identity = new SpanIdentity(record.Sequence, record.Id, record.Start, ReportText.Cut(record.Tags.Text));
        End = record.End;
        State = record.State;
        Duration = record.State == SpanState.Finished ? record.Duration : -1;
        SelfTime = record.State == SpanState.Finished ? record.SelfTime : record.Work?.Own.Time ?? -1;
        ParentSequence = record.ParentSequence;
        RootSequence = record.RootSequence;
        Depth = record.State == SpanState.Orphan ? -1 : record.Depth;
        ThreadId = record.Opener.Tid;
        ProcessId = record.Opener.Pid;
        ProcessName = record.Opener.Name;
        Arguments = ReportText.OfArguments(record.Arguments, withArguments);
        EndArguments = ReportText.OfArguments(record.EndArguments, withArguments);
        Work = record.Work;
    }

    public SpanIdentity Identity { get; }

    /// <summary>ns since the epoch; 0 while it is open.</summary>
    public long End { get; }

    public SpanState State { get; }

    /// <summary>Nanoseconds; −1 unless it is finished.</summary>
    public long Duration { get; }

    /// <summary>Nanoseconds; of an unfinished one up to the end of the capture, −1 for an orphan.</summary>
    public long SelfTime { get; }

    /// <summary>0 for none.</summary>
    public long ParentSequence { get; }

    /// <summary>That of the outermost of its parents, its own where it has none; 0 for an orphan.</summary>
    public long RootSequence { get; }

    /// <summary>−1 for an orphan.</summary>
    public int Depth { get; }

    public int ThreadId { get; }

    public int ProcessId { get; }

    public string? ProcessName { get; }

    public string Arguments { get; }

    public string EndArguments { get; }

    /// <summary>Characters of both.</summary>
    public int ArgumentsLength => Arguments.Length + EndArguments.Length;

    /// <summary>Null for an orphan.</summary>
    public SpanWork? Work { get; }

    /// <summary>Where its parent stands among those that are shown; −1 when it has none there.</summary>
    public int Parent { get; set; } = -1;

    /// <summary>Where the outermost span around it stands: itself when it has no parent there.</summary>
    public int Root { get; set; }

    // For the choice: how long it took or has taken so far, its lot, and why it is kept.
    public long Rank { get; init; }
    public ulong Lot { get; init; }
    public bool IsLongest { get; set; }
    public bool IsOfTrace { get; set; }
    public bool IsSampled { get; set; }

    /// <summary>Kept spans whose parent it is: as long as there is one it is kept too.</summary>
    public int KeptChildren { get; set; }
}
