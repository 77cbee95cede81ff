using System.Management.Automation;
using Tracers.Completion;
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
}
