using Tracers.Engine.Runtimes;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>One trace that is joined to a capture.</summary>
internal sealed class JoinedTrace(RuntimeTraceFeed feed)
{
    private RuntimeActivities? _activities;

    /// <summary>What the trace says of itself.</summary>
    public RuntimeTrace Trace => feed.Trace!;

    /// <summary>The process, as the capture numbers it; 0 before <see cref="Begin"/>.</summary>
    public int Pid { get; private set; }

    /// <summary>What ended the reading before the trace did; null for nothing.</summary>
    public Exception? Error => feed.Error;

    /// <summary>Events that the runtime had no room for.</summary>
    public long LostEvents => feed.LostEvents;

    /// <summary>Finds the process in the capture.</summary>
    public void Begin(CaptureState state, EventTimeline timeline)
    {
        RuntimeNumbers numbers = NumbersIn(state);
        Pid = numbers.Pid;
        _activities = new RuntimeActivities(numbers, timeline.Requests, timeline.Add);
    }

    /// <summary>Takes what was said up to a time into the timeline.</summary>
    /// <returns>Events that the runtime has lost since the last time.</returns>
    public long Drain(long time)
    {
        feed.DrainTo(time, _activities!);
        return feed.TakeLost();
    }

    // In a container it has numbers of its own, which the capture knows too.
    private RuntimeNumbers NumbersIn(CaptureState state)
    {
        if (ProcessIn(state) is not { } main || main.Pid == Trace.Pid)
            return new RuntimeNumbers(Trace.Pid);
        return new RuntimeNumbers(main.Pid, threads =>
        {
            foreach (TracedThread thread in state.Threads.All)
            {
                if (thread.Pid == main.Pid && thread.Identity.Details.VTid > 0)
                    threads[(int)thread.Identity.Details.VTid] = thread.Tid;
            }
        });
    }

    // Every container has a process 1, as the machine has: of several that may be meant it is the one that was started so.
    private TracedThread? ProcessIn(CaptureState state)
    {
        TracedThread[] mains =
            [.. state.Threads.All.Where(thread => thread.Tid == thread.Pid && (thread.Pid == Trace.Pid || thread.Identity.Details.VPid == Trace.Pid))];
        TracedThread[] started = [.. mains.Where(main => Trace.CommandLine == $"{main.Identity.Details.Exe} {main.Identity.ArgumentText}".TrimEnd())];
        return started is [var one] ? one : mains is [var only] ? only : null;
    }
}
