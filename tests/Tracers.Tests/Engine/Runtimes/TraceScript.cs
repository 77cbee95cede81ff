using Tracers.Engine.Runtimes;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>What a runtime is to have said: a list that is played to a sink.</summary>
/// <remarks>Times are microseconds behind the trace's beginning. The context of an activity is its id, where none is given.</remarks>
internal sealed class TraceScript
{
    public const int Pid = 4711;
    public const long Clock = 86_400_000_000_000;
    public const long Wall = 1_800_000_000_000_000_000;
    public const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly List<Action<IRuntimeSink>> _sayings = [];
    private long _number;
    private long _shift;

    /// <summary>Thrown behind the last saying; null for a trace that is whole.</summary>
    public Exception? Failure { get; init; }

    /// <summary>How often it is all said, each time a second later.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The process, as its own pid namespace numbers it.</summary>
    public int ProcessId { get; init; } = Pid;

    /// <summary>The time of day at the trace's beginning.</summary>
    public long WallTime { get; init; } = Wall;

    /// <summary>How the process was started.</summary>
    public string? CommandLine { get; init; } = "/usr/bin/dotnet app.dll --port 5000";

    /// <summary>Sayings that a sink was told.</summary>
    public int Said { get; private set; }

    /// <summary>The context that activities with an id have.</summary>
    public static Guid ContextOf(ulong id) => new((uint)id, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0);

    public TraceScript Begin(long time, int tid, ulong id, string name, ulong parent = 0, bool isRemote = false, Guid? context = null) => Say(time, (sink, now) =>
        sink.ActivityBegan(new RuntimeMoment(now, tid), new RuntimeActivity
        {
            Id = id, ParentId = parent, HasRemoteParent = isRemote, TraceId = TraceId, Source = "test", Name = name, Context = context ?? ContextOf(id),
        }));

    public TraceScript End(long time, int tid, ulong id, bool failed = false, params (string Name, string Value)[] tags) => Say(time, (sink, now) =>
        sink.ActivityEnded(new RuntimeMoment(now, tid), id, [.. tags.Select(tag => KeyValuePair.Create(tag.Name, tag.Value))], failed));

    /// <summary>The thread goes on with an activity; with none for 0.</summary>
    public TraceScript Switch(long time, int tid, ulong id) => Switch(time, tid, id == 0 ? Guid.Empty : ContextOf(id));

    public TraceScript Switch(long time, int tid, Guid context) => Say(time, (sink, now) => sink.ContextChanged(new RuntimeMoment(now, tid), context));

    public TraceScript Request(long time, int tid, ulong id, string protocol = "HTTP/1.1") => Say(time, (sink, now) => sink.RequestBegan(new RuntimeMoment(now, tid), new RuntimeRequest
    {
        ActivityId = id, Method = "GET", Path = "/users/7", Protocol = protocol, LocalEnd = "127.0.0.1:5000", RemoteEnd = "127.0.0.1:40000",
    }));

    public TraceScript Route(long time, int tid, ulong id, string route) => Say(time, (sink, now) => sink.RouteFound(new RuntimeMoment(now, tid), ContextOf(id), route));

    /// <summary>A section from a time to another one.</summary>
    public TraceScript Section(long time, long end, int tid, string tag, bool holds = false, int? endTid = null, params (string Name, string Value)[] arguments)
    {
        BeginSection(time, tid, tag, holds, arguments);
        long number = _number;
        return Say(end, (sink, now) => sink.SectionEnded(new RuntimeMoment(now, endTid ?? tid), number, [KeyValuePair.Create("seen", "end")]));
    }

    public TraceScript BeginSection(long time, int tid, string tag, bool holds = false, params (string Name, string Value)[] arguments)
    {
        long number = ++_number;
        return Say(time, (sink, now) => sink.SectionBegan(new RuntimeMoment(now, tid), new RuntimeSection
        {
            Number = number, Tag = tag, HoldsThread = holds, Arguments = [.. arguments.Select(a => KeyValuePair.Create(a.Name, a.Value))],
        }));
    }

    public TraceScript Lose(long events) => Add(sink => sink.Lost(events));

    /// <summary>Nothing but that time has gone on.</summary>
    public TraceScript Reach(long time) => Say(time, static (_, _) => { });

    /// <summary>The reading stands still: says so, and goes on when it is told.</summary>
    public TraceScript Pause(ManualResetEventSlim waits, ManualResetEventSlim goes) => Add(_ =>
    {
        waits.Set();
        goes.Wait();
    });

    /// <summary>Plays it.</summary>
    public void SayTo(IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation)
    {
        sink.Begin(new RuntimeTrace { Pid = ProcessId, ClockTime = Clock, WallTime = WallTime, CommandLine = CommandLine });
        for (int round = 0; round < Times; round++)
        {
            _shift = round * 1_000_000_000L;
            foreach (Action<IRuntimeSink> saying in _sayings)
            {
                cancellation.ThrowIfCancellationRequested();
                saying(sink);
                progress?.Invoke(++Said);
            }
        }

        if (Failure is not null)
            throw Failure;
    }

    // As the reader of traces does: before the first thing at a time, all from before was said.
    private TraceScript Say(long time, Action<IRuntimeSink, long> saying) => Add(sink =>
    {
        long now = Clock + (time * 1000) + _shift;
        sink.Reached(now - 1);
        saying(sink, now);
    });

    private TraceScript Add(Action<IRuntimeSink> saying)
    {
        _sayings.Add(saying);
        return this;
    }
}
