using System.Globalization;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Traces;

/// <summary>Understands pauses of the garbage collector, waits for locks, and the pairs of Start and Stop of EventSources.</summary>
internal sealed class SectionEvents(IRuntimeSink sink, Func<TraceEvent, RuntimeMoment> advance, bool everything)
{
    /// <summary>Sections that have begun and not ended, at most: what is paired wrongly must not fill the memory.</summary>
    private const int MostOpen = 100_000;

    private readonly Dictionary<int, long> _waits = [];
    private readonly Dictionary<PairKey, Stack<long>> _pairs = [];
    private int _openPairs;
    private long _number;
    private long _pause;
    private string _pauseReason = "";
    private int _collected = -1;
    private string _collectionReason = "";

    /// <summary>Asks a source for the runtime's own events.</summary>
    public void Subscribe(TraceEventDispatcher source)
    {
        source.Clr.GCSuspendEEStart += BeginPause;
        source.Clr.GCStart += CollectionBegan;
        source.Clr.GCRestartEEStop += EndPause;
        if (!everything)
            return;
        source.Clr.ContentionStart += e => BeginWait(advance(e));
        source.Clr.ContentionStop += e => EndWait(advance(e));
    }

    /// <summary>Takes a Start or Stop of any EventSource that is not one of the runtime's own.</summary>
    public void TakePair(TraceEvent e, RuntimeMoment moment)
    {
        if (e.Opcode is not (TraceEventOpcode.Start or TraceEventOpcode.Stop) || e.ProviderName is not { } provider || IsRuntimes(provider))
            return;

        // The runtime gives both events of a pair the id of the activity that the first one begins, if it follows activities.
        string task = TaskOf(e);
        Guid activity = e.ActivityID;
        PairKey key = new(provider, task, activity, activity == Guid.Empty ? moment.Tid : 0);
        if (e.Opcode == TraceEventOpcode.Start)
            BeginPair(key, moment);
        else
            EndPair(key, moment);
    }

    private void BeginPair(PairKey key, RuntimeMoment moment)
    {
        if (_openPairs >= MostOpen)
            return;
        if (!_pairs.TryGetValue(key, out Stack<long>? open))
            _pairs.Add(key, open = []);
        open.Push(Begin(moment, $"{key.Provider}.{key.Task}", [], holdsThread: false));
        _openPairs++;
    }

    private void EndPair(PairKey key, RuntimeMoment moment)
    {
        if (!_pairs.TryGetValue(key, out Stack<long>? open))
            return;
        sink.SectionEnded(moment, open.Pop(), []);
        _openPairs--;
        if (open.Count == 0)
            _pairs.Remove(key);
    }

    private void BeginPause(GCSuspendEETraceData e)
    {
        RuntimeMoment moment = advance(e);

        // The runtime also stops its threads for debuggers and to exchange code.
        if (_pause != 0 || e.Reason is not (GCSuspendEEReason.SuspendForGC or GCSuspendEEReason.SuspendForGCPrep))
            return;
        _pauseReason = e.Reason == GCSuspendEEReason.SuspendForGC ? "" : "Background";
        _collected = -1;
        _pause = Begin(moment, "gc.pause", [], holdsThread: true);
    }

    private void CollectionBegan(GCStartTraceData e)
    {
        advance(e);
        (_collected, _collectionReason) = (e.Depth, e.Reason.ToString());
    }

    private void EndPause(GCNoUserDataTraceData e)
    {
        RuntimeMoment moment = advance(e);
        if (_pause == 0)
            return;

        // A pause in which no collection begins belongs to one that runs in the background.
        List<KeyValuePair<string, string>> arguments = [];
        if (_collected >= 0)
            arguments.Add(new KeyValuePair<string, string>("generation", _collected.ToString(CultureInfo.InvariantCulture)));
        string reason = _collected >= 0 ? _collectionReason : _pauseReason;
        if (reason.Length > 0)
            arguments.Add(new KeyValuePair<string, string>("reason", reason));
        sink.SectionEnded(moment, _pause, arguments);
        _pause = 0;
    }

    private void BeginWait(RuntimeMoment moment)
    {
        if (_waits.Count < MostOpen)
            _waits[moment.Tid] = Begin(moment, "contention", [], holdsThread: true);
    }

    private void EndWait(RuntimeMoment moment)
    {
        if (_waits.Remove(moment.Tid, out long number))
            sink.SectionEnded(moment, number, []);
    }

    private long Begin(RuntimeMoment moment, string tag, IReadOnlyList<KeyValuePair<string, string>> arguments, bool holdsThread)
    {
        sink.SectionBegan(moment, new RuntimeSection { Number = ++_number, Tag = tag, Arguments = arguments, HoldsThread = holdsThread });
        return _number;
    }

    // RequestStart and RequestStop are of the task Request, whether it is given a number or not.
    private static string TaskOf(TraceEvent e)
    {
        string name = e.EventName ?? "";
        foreach (string ending in (string[])["/Start", "/Stop", "Start", "Stop"])
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal))
                return name[..^ending.Length];
        }

        return name;
    }

    private static bool IsRuntimes(string provider) =>
        provider.StartsWith(Providers.Runtime, StringComparison.Ordinal) || provider.StartsWith("Microsoft-DotNETCore-", StringComparison.Ordinal);

    private readonly record struct PairKey(string Provider, string Task, Guid Activity, int Tid);
}
