using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Finds the markers in writes to <c>/dev/null</c>: in either syntax, whole ones and those that come in pieces.</summary>
/// <remarks>
/// Pieces are joined as sysdig joins them: an incomplete marker waits with its thread, and what that thread writes next to any
/// descriptor of <c>/dev/null</c> goes on with it. Other than there a marker that was cut does not cost the next one.
/// </remarks>
/// <param name="statistics">Where bad and unfinished markers are counted.</param>
internal sealed class MarkerReader(CaptureStatistics statistics)
{
    private readonly JsonMarkerParser _json = new();

    // All that were made; those without an owner are also in the stack of free ones.
    private readonly List<MarkerFragment> _fragments = [];
    private readonly Stack<MarkerFragment> _free = [];
    private int _nextToGiveUp;

    /// <summary>Reads one write.</summary>
    /// <param name="data">What was written, as far as it was captured.</param>
    /// <param name="cut">Whether more was written than was captured: the rest of an incomplete marker is not in the next write.</param>
    /// <param name="thread">The writer.</param>
    /// <param name="marker">The marker, when one is whole now; it is valid until the next call.</param>
    /// <returns><see cref="MarkerParse.Incomplete"/> also for a piece that is given up; <see cref="MarkerParse.Invalid"/> for a plain write.</returns>
    [MethodImpl(HotPath.Compile)]
    public MarkerParse Read(ReadOnlySpan<byte> data, bool cut, TracedThread thread, out Marker marker)
    {
        if (thread.Spans is ThreadSpans { Fragment: not null } spans)
            return ReadOn(data, cut, thread, spans, out marker);
        MarkerParse parse = Parse(data, thread.Identity, out marker);
        return parse == MarkerParse.Ok ? parse : NoWholeMarker(data, parse, cut, thread);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MarkerParse Parse(ReadOnlySpan<byte> data, ThreadIdentity writer, out Marker marker)
    {
        if (!data.IsEmpty && MarkerParser.CanBegin(data[0]))
            return MarkerParser.Parse(data, writer, out marker);
        if (!data.IsEmpty && JsonMarkerParser.CanBegin(data[0]))
            return _json.Parse(data, writer, out marker);
        marker = default;
        return MarkerParse.Invalid;
    }

    private MarkerParse NoWholeMarker(ReadOnlySpan<byte> data, MarkerParse parse, bool cut, TracedThread thread)
    {
        // Readers that do not know the switch marker see a plain write in it, and wait for nothing.
        if (parse == MarkerParse.Incomplete && data[0] == '=')
            parse = MarkerParse.Invalid;

        if (parse == MarkerParse.Incomplete && !cut && data.Length <= ScapLimits.MarkerFragments)
            Begin(SpanTracker.SpansOf(thread), data);
        else if (parse == MarkerParse.Incomplete || (!data.IsEmpty && MarkerParser.CanBegin(data[0])) || JsonMarkerParser.LooksLikeOne(data))
            statistics.BadMarkers++;
        return parse;
    }

    // The thread has written the beginning of a marker before.
    private MarkerParse ReadOn(ReadOnlySpan<byte> data, bool cut, TracedThread thread, ThreadSpans spans, out Marker marker)
    {
        MarkerFragment fragment = spans.Fragment!;
        bool full = fragment.Bytes.Span.Length > ScapLimits.MarkerFragments || data.Length > ScapLimits.MarkerFragments;
        if (data.IsEmpty && !full && !cut)
        {
            // Nothing is new: a file of such writes must not have the whole piece parsed each time.
            marker = default;
            return MarkerParse.Incomplete;
        }

        fragment.Bytes.Add(data);
        MarkerParse joined = Parse(fragment.Bytes.Span, thread.Identity, out marker);
        if (joined == MarkerParse.Ok)
        {
            Release(fragment);
            return MarkerParse.Ok;
        }

        MarkerParse alone = Parse(data, thread.Identity, out marker);
        if (joined == MarkerParse.Incomplete && alone != MarkerParse.Ok && !full && !cut)
            return MarkerParse.Incomplete;

        Release(fragment);
        statistics.BadMarkers++;
        if (alone == MarkerParse.Ok)
            return MarkerParse.Ok;
        marker = default;
        if (joined == MarkerParse.Incomplete)
            return MarkerParse.Incomplete;
        return alone == MarkerParse.Incomplete ? NoWholeMarker(data, alone, cut, thread) : MarkerParse.Invalid;
    }

    private void Begin(ThreadSpans owner, ReadOnlySpan<byte> data)
    {
        if (!_free.TryPop(out MarkerFragment? fragment))
            fragment = _fragments.Count < ScapLimits.MarkersInPieces ? Make() : GiveUpOne();
        fragment.Owner = owner;
        fragment.Bytes.Set(data);
        owner.Fragment = fragment;

        // Until its rest comes; threads end without a word.
        statistics.UnfinishedMarkers++;
    }

    private void Release(MarkerFragment fragment)
    {
        fragment.Owner!.Fragment = null;
        fragment.Owner = null;
        _free.Push(fragment);
        statistics.UnfinishedMarkers--;
    }

    private MarkerFragment Make()
    {
        MarkerFragment fragment = new();
        _fragments.Add(fragment);
        return fragment;
    }

    // One after the other: among them are those whose threads are long gone.
    private MarkerFragment GiveUpOne()
    {
        MarkerFragment fragment = _fragments[_nextToGiveUp];
        _nextToGiveUp = (_nextToGiveUp + 1) % _fragments.Count;
        fragment.Owner!.Fragment = null;
        return fragment;
    }
}
