using System.Runtime.CompilerServices;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux;

/// <summary>
/// What the recorder knows of the machine while it records: threads, descriptors and open spans, kept by the reader's own code from the
/// events that change them. Each file begins with it, and it tells which write is a marker.
/// </summary>
internal sealed class MachineModel
{
    // Memory for names, most of which are of what is gone: files, connections, tags. A busy server makes some 10 MB of them a minute.
    private const long MostNames = 64 << 20;

    // Spans that are never closed would pile up for ever.
    private const int MostOpenSpans = 1 << 20;

    // Both sides of each call that changes the state; those that only move bytes do not.
    private static readonly bool[] s_changesState = Make();

    private readonly uint[] _kinds = EventKinds.ByType;
    private readonly CaptureStatistics _statistics = new();
    private MarkerReader _markers;
    private SpanTracker _tracker = new(describes: false);
    private long _nextForgetting = MostNames;

    public MachineModel(ProcFolder proc, string? cgroupMount)
    {
        _markers = new MarkerReader(_statistics);
        Cgroups = new CgroupNames(proc, State, cgroupMount);
    }

    public CaptureState State { get; } = new() { KeepsRecords = true };

    public CgroupNames Cgroups { get; }

    /// <summary>Told of every marker; null where nobody asks.</summary>
    public RuntimeRecording? Runtimes { get; set; }

    /// <summary>Spans that have ended.</summary>
    public long Spans { get; private set; }

    /// <summary>Whether events of a type have to be given to <see cref="Apply"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ChangesState(int type) => s_changesState[type];

    /// <summary>Takes over what an event changes.</summary>
    public void Apply(scoped in EventView e) => State.Apply(in e, _kinds[e.Type], out _);

    /// <summary>A thread's descriptor, if it leads to /dev/null; what is written there can be a marker.</summary>
    public TracedThread? WriterToDevNull(uint tid, long fd) =>
        State.Threads.Find((int)tid) is { } thread && thread.Fds[fd] is { MayCarryMarkers: true } ? thread : null;

    /// <summary>Takes a write to /dev/null.</summary>
    /// <param name="e">The end of the call.</param>
    /// <param name="thread">The writer.</param>
    public void TakeMarker(scoped in EventView e, TracedThread thread)
    {
        ReadOnlySpan<byte> data = e.Parameter(1);
        if (_markers.Read(data, cut: e.Int64(0, 0) > data.Length, thread, out Marker marker) != MarkerParse.Ok)
            return;
        Runtimes?.Take(in marker, thread.Pid, e.Timestamp);
        if (_tracker.Apply(in marker, thread, e.Timestamp) is not { } ended)
            return;
        if (ended.Start >= 0)
            Spans++;
        _tracker.Release(ended);
    }

    /// <summary>Lets go of what is not needed any more, where it has become much. To be called now and then.</summary>
    public void Tidy()
    {
        if (State.NameWeight > _nextForgetting)
        {
            State.ForgetOldNames();
            _nextForgetting = Math.Max(MostNames, 2 * State.NameWeight);
        }

        if (_tracker.OpenCount <= MostOpenSpans && _tracker.Tags.Weight <= MostNames)
            return;

        // Only the number of spans is asked of it: those that are open now are missing there.
        _tracker = new SpanTracker(describes: false);
        _markers = new MarkerReader(_statistics);
        foreach (TracedThread thread in State.Threads.All)
            thread.Spans = null;
    }

    /// <summary>The start of a file: everything that is known now.</summary>
    public void WriteTo(CaptureWriter writer, MachineHead head)
    {
        writer.WriteSectionHeader();
        writer.WriteMachineInfo(head.Machine);
        writer.WriteInterfaces(head.Interfaces);
        writer.WriteUsers(head.Users, head.Groups);
        writer.WriteProcesses(State.ExportProcesses());
        foreach ((ulong tid, Scap.Records.FdRecord[] fds) in State.ExportDescriptors())
            writer.WriteFds(tid, fds);
    }

    private static bool[] Make()
    {
        StateRule[] rules = StateRules.ByType;
        bool[] changes = new bool[rules.Length];
        for (int type = 0; type + 1 < rules.Length; type += 2)
        {
            bool moves = rules[type + 1] is StateRule.Transfer or StateRule.Messages;
            changes[type] = changes[type + 1] = !moves && (rules[type] != StateRule.None || rules[type + 1] != StateRule.None);
        }

        return changes;
    }
}
