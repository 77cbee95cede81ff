using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine;
using Tracers.Engine.Analysis;

namespace Tracers.Commands;

/// <summary>A command that shows the captured machine at a moment, and what happened on it until then.</summary>
public abstract class MachineTableCommand : CaptureReadCommand
{
    private CaptureTime? _at;
    private CaptureTime? _after;

    // These two are not nullable, for the reason that Get-TracerSpan's -MinDuration is not.
    /// <summary>The moment, the end of the capture unless it is given: <c>10:15</c>, <c>+2s</c> after the first event, or a date and time. What happened before it counts.</summary>
    [Parameter]
    public CaptureTime At
    {
        get => _at ?? default;
        set => _at = value;
    }

    /// <summary>Activity before this moment is not counted.</summary>
    [Parameter]
    public CaptureTime After
    {
        get => _after ?? default;
        set => _after = value;
    }

    /// <summary>Only processes with these names (comm), with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProcessNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? ProcessName { get; set; }

    /// <summary>Only these processes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? ProcessId { get; set; }

    private protected TimeBound? AtBound => _at?.Bound;

    private protected TimeBound? AfterBound => _after?.Bound;

    /// <summary>Reads a capture, and warns where the moments that were given are none of it.</summary>
    private protected void ReadMachine(string path, Action<CaptureFile> read) => Read(path, keepArguments: false, file =>
    {
        read(file);
        if (file.Statistics is { FirstTimestamp: > 0 } statistics)
            Tell(path, Timestamp.FromNanoseconds(statistics.FirstTimestamp), Timestamp.FromNanoseconds(statistics.LastTimestamp));
    });

    private void Tell(string path, Timestamp first, Timestamp last)
    {
        Timestamp? at = _at?.In(first);
        if (at < first)
            WriteWarning($"-At {at} is before '{path}', which begins at {first}: shown is what was there then.");
        else if (at > last)
            WriteWarning($"-At {at} is behind '{path}', which ends at {last}: shown is what was there then.");
        if (_after?.In(first) >= (at ?? last))
            WriteWarning($"-After {_after?.In(first)} is not before the moment that is shown, {at ?? last}: no activity is counted.");
    }
}
