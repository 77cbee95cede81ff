using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <content>Those who ask for more than what threads are inside of: they keep lists of the open spans, which costs nothing while there are none.</content>
internal sealed partial class SpanTracker
{
    private const int MostWatchers = 32;

    // The processes of threads whose main thread is not known, by pid.
    private readonly Dictionary<int, TracedProcess> _mainless = [];
    private OpenSpans[] _watchers = [];
    private OpenSpanLink? _freeLink;

    /// <summary>From now on <paramref name="spans"/> is told of every span that begins or ends.</summary>
    /// <returns>Its number among those who are.</returns>
    public int Watch(OpenSpans spans)
    {
        if (_watchers.Length == MostWatchers)
            throw new InvalidOperationException($"A pass answers {MostWatchers} questions about open spans at most.");
        _watchers = [.. _watchers, spans];
        return _watchers.Length - 1;
    }

    /// <summary>The process of a thread, also where its main thread is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TracedProcess ProcessOf(TracedThread thread) => thread.Main.Tid == thread.Pid ? thread.Process : Mainless(thread);

    /// <summary>A link for a list, as it is.</summary>
    public OpenSpanLink TakeLink()
    {
        OpenSpanLink link = _freeLink ?? new OpenSpanLink();
        _freeLink = link.Next;
        return link;
    }

    private TracedProcess Mainless(TracedThread thread)
    {
        if (!_mainless.TryGetValue(thread.Pid, out TracedProcess? process))
            _mainless.Add(thread.Pid, process = thread.Process);
        return process;
    }

    [MethodImpl(HotPath.Compile | MethodImplOptions.NoInlining)]
    private void TellOfMarker(TracedThread writer)
    {
        foreach (OpenSpans watcher in _watchers)
            watcher.BeforeMarker(writer);
    }

    [MethodImpl(HotPath.Compile | MethodImplOptions.NoInlining)]
    private void TellOfBegin(SpanNode node, TracedThread opener)
    {
        node.Process = ProcessOf(opener);
        foreach (OpenSpans watcher in _watchers)
            watcher.Begin(node);
    }

    [MethodImpl(HotPath.Compile | MethodImplOptions.NoInlining)]
    private void TellOfEnd(SpanNode node)
    {
        foreach (OpenSpans watcher in _watchers)
            watcher.End(node);
        while (node.Links is { } link)
        {
            node.Links = link.Next;
            link.Spans.Remove(link);
            link.Node = null!;
            link.Next = _freeLink;
            _freeLink = link;
        }
    }

    private void ClearWatchers()
    {
        _mainless.Clear();
        foreach (OpenSpans watcher in _watchers)
            watcher.Clear();
    }
}
