using System.Diagnostics.Tracing;

namespace Tracers.StartupHook;

/// <summary>By this name an EventPipe session asks for markers: they are written as long as one does.</summary>
/// <remarks>The session of a process that dies ends with it, once the runtime has tried to write to it: so something is said every second.</remarks>
[EventSource(Name = "Tracers-Marks")]
internal sealed class ListeningSource : EventSource
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    // Static, since the runtime calls OnEventCommand from the constructor when a session is there already.
    private static readonly object s_lock = new();
    private static ProcessMarks? s_marks;
    private static Timer? s_timer;

    [Event(1, Level = EventLevel.LogAlways)]
    public void Marking() => WriteEvent(1);

    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        try
        {
            // "Disable" also where one of several sessions has ended.
            if (command.Command == EventCommand.Enable)
                Start();
            else if (!IsEnabled())
                Stop();
        }
        catch (Exception)
        {
            // Called by a thread of the runtime.
        }
    }

    private static void Stop()
    {
        lock (s_lock)
        {
            s_timer?.Dispose();
            s_timer = null;
            s_marks?.Dispose();
            s_marks = null;
        }
    }

    private void Start()
    {
        lock (s_lock)
        {
            s_marks ??= new ProcessMarks();
            s_timer ??= new Timer(static source => ((ListeningSource)source!).Tick(), this, s_pause, s_pause);
        }
    }

    // Where the runtime says that one has ended before it notes it, this is when the last is seen to be gone.
    private void Tick()
    {
        try
        {
            if (IsEnabled())
                Marking();
            else
                Stop();
        }
        catch (Exception)
        {
            // A timer's thread: the application would end.
        }
    }
}
