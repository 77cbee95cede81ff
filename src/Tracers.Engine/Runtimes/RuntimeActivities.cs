using Tracers.Engine.Spans;

namespace Tracers.Engine.Runtimes;

/// <summary>Makes markers of what one runtime says: of its activities, of what its threads work for, of its pauses.</summary>
/// <param name="process">How the capture numbers the process and its threads.</param>
/// <param name="requests">Is told which connection carries which request.</param>
/// <param name="emit">Takes the markers, in the order in which the runtime tells of them.</param>
internal sealed class RuntimeActivities(RuntimeNumbers process, ConnectionRequests requests, Action<RuntimeMark> emit) : IRuntimeSink
{
    // Those that have ended are still asked for: by work that goes on, by children that begin late.
    private const int MostKept = 100_000;
    private const long KeptFor = 60_000_000_000;

    private readonly Dictionary<ulong, RuntimeSpan> _byActivity = [];
    private readonly Dictionary<Guid, RuntimeSpan> _byContext = [];
    private readonly Dictionary<long, RuntimeSpan> _sections = [];
    private readonly Dictionary<int, RuntimeThread> _threads = [];
    private int _tidyAt = MostKept;

    /// <summary>Markers that are left out, because nobody knows the number that their thread has in the capture.</summary>
    public long Unplaced { get; private set; }

    /// <summary>The id of an activity's span: one bit less than its own, so that readers see a positive number.</summary>
    public static long IdOf(ulong activity) => activity == 0 ? 0 : Math.Max((long)(activity >> 1), 1);

    public void Begin(RuntimeTrace trace)
    {
    }

    public void ActivityBegan(RuntimeMoment moment, RuntimeActivity activity)
    {
        if (Math.Max(_byActivity.Count, _byContext.Count) >= _tidyAt)
            Tidy(moment.Time - KeptFor);
        RuntimeSpan span = new()
        {
            Id = IdOf(activity.Id),
            Name = activity.Name,
            Began = moment.Time,
            Parent = activity.HasRemoteParent ? null : _byActivity.GetValueOrDefault(activity.ParentId),
            ParentId = IdOf(activity.ParentId),
            TraceId = activity.TraceId,
        };
        _byActivity[activity.Id] = span;

        // The same context means other activities later; the latest counts. Where the runtime gives none, the empty one is everybody's.
        if (activity.Context != Guid.Empty)
            _byContext[activity.Context] = span;
        Begin(moment, span);
    }

    public void ActivityEnded(RuntimeMoment moment, ulong id, IReadOnlyList<KeyValuePair<string, string>> tags, bool failed)
    {
        if (_byActivity.GetValueOrDefault(id) is not { End: null } span)
            return;
        End(moment, span, tags, failed);
    }

    public void ContextChanged(RuntimeMoment moment, Guid context)
    {
        RuntimeSpan? span = RuntimeSpan.Open(_byContext.GetValueOrDefault(context));
        if (ThreadOf(moment).SwitchTo(span))
            Emit(MarkerKind.Switch, moment, span);
    }

    public void RequestBegan(RuntimeMoment moment, RuntimeRequest request)
    {
        if (_byActivity.GetValueOrDefault(request.ActivityId) is not { End: null } span)
            return;
        span.Request = request;
        requests.Begin(process.Pid, span);
    }

    public void RouteFound(RuntimeMoment moment, Guid context, string route)
    {
        RuntimeSpan? span = _byContext.GetValueOrDefault(context);
        while (span is { Request: null })
            span = span.Parent;
        if (span is not null)
            span.Route ??= route;
    }

    public void SectionBegan(RuntimeMoment moment, RuntimeSection section)
    {
        RuntimeThread thread = ThreadOf(moment);
        RuntimeSpan? around = thread.Span;
        RuntimeSpan span = new() { Id = ((long)process.Pid << 32) | (section.Number & uint.MaxValue), Name = section.Tag, Began = moment.Time, Section = section };
        _sections[section.Number] = span;
        Begin(moment, span);

        // What the thread does meanwhile stays with the activity: both may go on elsewhere.
        if (!section.HoldsThread && thread.SwitchTo(around))
            Emit(MarkerKind.Switch, moment, around);
    }

    public void SectionEnded(RuntimeMoment moment, long number, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        if (_sections.Remove(number, out RuntimeSpan? span))
            End(moment, span, arguments, failed: false);
    }

    public void Reached(long time)
    {
    }

    public void Lost(long events)
    {
    }

    private void Begin(RuntimeMoment moment, RuntimeSpan span)
    {
        span.Before = ThreadOf(moment).Begin(span);
        Emit(MarkerKind.Open, moment, span);
    }

    private void End(RuntimeMoment moment, RuntimeSpan span, IReadOnlyList<KeyValuePair<string, string>> arguments, bool failed)
    {
        span.End = moment.Time;
        ThreadOf(moment).End(span);
        Emit(MarkerKind.Close, moment, span, arguments, failed);
    }

    private void Emit(MarkerKind kind, RuntimeMoment moment, RuntimeSpan? span, IReadOnlyList<KeyValuePair<string, string>>? arguments = null, bool failed = false)
    {
        // What nobody knows the thread of is left out; but a span ends also without it.
        int tid = process.ThreadOf(moment.Tid);
        if (tid == 0 && kind != MarkerKind.Close)
        {
            Unplaced++;
            return;
        }

        emit(new RuntimeMark
        {
            Kind = kind,
            Time = moment.Time,
            Tid = tid == 0 ? process.Pid : tid,
            Pid = process.Pid,
            Span = span,
            Arguments = arguments ?? [],
            Failed = failed,
            IsInSpan = tid != 0 && ThreadOf(moment).Span is not null,
        });
    }

    private RuntimeThread ThreadOf(RuntimeMoment moment)
    {
        if (!_threads.TryGetValue(moment.Tid, out RuntimeThread? thread))
            _threads.Add(moment.Tid, thread = new RuntimeThread());
        return thread;
    }

    private void Tidy(long before)
    {
        foreach ((ulong id, RuntimeSpan span) in _byActivity)
        {
            if (span.End < before)
                _byActivity.Remove(id);
        }

        foreach ((Guid context, RuntimeSpan span) in _byContext)
        {
            if (span.End < before)
                _byContext.Remove(context);
        }

        _tidyAt = Math.Max(MostKept, 2 * Math.Max(_byActivity.Count, _byContext.Count));
    }
}
