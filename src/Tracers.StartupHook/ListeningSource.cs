using System.Diagnostics.Tracing;

namespace Tracers.StartupHook;

/// <summary>By this name an EventPipe session asks for markers: they are written as long as one does.</summary>
/// <remarks>The session of a process that dies ends with it, once the runtime has tried to write to it: so something is said every second.</remarks>
[EventSource(Name = "Tracers-Marks")]
internal sealed class ListeningSource : EventSource
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    // Static, since the runtime calls the method below from the constructor when a session is there already.
    private static ProcessMarks? s_marks;
    private static Timer? s_timer;

    [Event(1, Level = EventLevel.LogAlways)]
    public void Marking() => WriteEvent(1);

    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        try
        {
            // One at a time, in the order of what sessions do; "enable" again where one of several has ended.
            if (command.Command == EventCommand.Enable)
            {
                s_marks ??= new ProcessMarks();
                s_timer ??= new Timer(static source => ((ListeningSource)source!).Marking(), this, s_pause, s_pause);
            }
            else if (command.Command == EventCommand.Disable)
            {
                s_timer?.Dispose();
                s_timer = null;
                s_marks?.Dispose();
                s_marks = null;
            }
        }
        catch (Exception)
        {
            // Called by a thread of the runtime.
        }
    }
}
