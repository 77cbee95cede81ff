using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Tracers.Engine.Capture;

namespace Tracers.Live;

/// <summary>The live captures that a PowerShell session started, those that have ended among them.</summary>
/// <remarks>
/// A capture belongs to the session that started it, as a job does: it ends at the latest when the session closes, when the module is removed
/// from it, or when the process exits. May be used by any thread.
/// </remarks>
internal sealed class SessionRecordings
{
    // By runspace: parallel runspaces of one process are different sessions.
    private static readonly ConditionalWeakTable<Runspace, SessionRecordings> s_sessions = [];

    // What runs is held here and not only by its session: a runspace that nobody closed must not leave a file without an end.
    private static readonly HashSet<TracerRecording> s_running = [];

    private readonly Lock _lock = new();
    private readonly List<TracerRecording> _all = [];
    private int _lastId;

    static SessionRecordings() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => End(Running());

    private SessionRecordings(Runspace runspace)
    {
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
                EndAll();
        };
    }

    /// <summary>Those of the session that this thread works for; null when it works for none.</summary>
    public static SessionRecordings? Current => Runspace.DefaultRunspace is { } session ? Of(session) : null;

    /// <summary>What begins a capture. Tests have another one.</summary>
    public Func<CaptureOptions, CancellationToken, ILiveCapture> Source { get; set; } = LiveCapture.Start;

    /// <summary>All, the newest last.</summary>
    public IReadOnlyList<TracerRecording> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    public static SessionRecordings Of(Runspace session) => s_sessions.GetValue(session, static runspace => new SessionRecordings(runspace));

    /// <summary>Begins a capture; returns when events flow.</summary>
    /// <exception cref="CaptureStartException">It cannot begin.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is attached.</exception>
    public TracerRecording Start(CaptureOptions options, CancellationToken cancellation)
    {
        ILiveCapture capture = Source(options, cancellation);
        TracerRecording recording;
        lock (_lock)
        {
            recording = new TracerRecording(++_lastId, capture);
            _all.Add(recording);
        }

        lock (s_running)
        {
            s_running.RemoveWhere(static r => r.State != TracerRecordingState.Running);
            s_running.Add(recording);
        }

        return recording;
    }

    /// <summary>The one with an id; null when there is none.</summary>
    public TracerRecording? Find(int id) => All.FirstOrDefault(r => r.Id == id);

    /// <summary>The running capture of this session that writes to a file; null when there is none.</summary>
    /// <param name="path">Its full path.</param>
    public TracerRecording? FindRunning(string path) =>
        All.FirstOrDefault(r => r.State == TracerRecordingState.Running && r.Writes(path));

    /// <summary>Ends what this session started; returns when all files are whole.</summary>
    public void EndAll() => End(All);

    private static TracerRecording[] Running()
    {
        lock (s_running)
            return [.. s_running];
    }

    // Side by side: each takes the time of its own file, and a process that exits has not much of it.
    private static void End(IReadOnlyList<TracerRecording> recordings) => Parallel.ForEach(recordings, static recording => recording.End());
}
