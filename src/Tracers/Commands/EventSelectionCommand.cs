using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.State;

namespace Tracers.Commands;

/// <summary>A command that reads events of captures, selected by what they are, whose, and when.</summary>
public abstract class EventSelectionCommand : SpanReadCommand
{
    private CaptureTime? _after;
    private CaptureTime? _before;
    private long? _first;

    /// <summary>Only events of these types, with wildcards: <c>read</c>, <c>open*</c>; markers are <c>tracer</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EventTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Type { get; set; }

    /// <summary>Only events of threads with these names (comm), with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProcessNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? ProcessName { get; set; }

    /// <summary>Only events of these processes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? ProcessId { get; set; }

    /// <summary>Only events of these threads.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? ThreadId { get; set; }

    /// <summary>Only events of these categories: <c>file</c>, <c>net</c>, <c>process</c>, ...; reads and writes go by their descriptor.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EventCategoryCompleter))]
    [ValidateNotNullOrEmpty]
    public EventCategory?[]? Category { get; set; }

    // These two are not nullable, for the reason that Get-TracerSpan's -MinDuration is not.
    /// <summary>Only events at this moment or later: <c>10:15</c>, <c>+2s</c> after the first event, or a date and time.</summary>
    [Parameter]
    public CaptureTime After
    {
        get => _after ?? default;
        set => _after = value;
    }

    /// <summary>Only events before this moment: <c>10:15</c>, <c>+2s</c> after the first event, or a date and time.</summary>
    [Parameter]
    public CaptureTime Before
    {
        get => _before ?? default;
        set => _before = value;
    }

    /// <summary>So many events of each capture are left out, of those that the other parameters select.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long Skip { get; set; }

    /// <summary>At most so many events of each capture; the rest is not read.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long First
    {
        get => _first ?? 0;
        set => _first = value;
    }

    /// <summary>Also events that describe the capture and not the machine: process and container information and the like; and what surrounds markers.</summary>
    [Parameter]
    public SwitchParameter IncludeHidden { get; set; }

    /// <summary>What the parameters ask for, of the capture that is read.</summary>
    private protected EventQuery Query() => new()
    {
        Filter = EventFilter,
        Type = Wildcards.Any(Type),
        ProcessName = Wildcards.Any(ProcessName),
        ProcessIds = ProcessId?.ToHashSet(),
        ThreadIds = ThreadId?.ToHashSet(),
        Spans = Selection,
        Categories = Category?.OfType<EventCategory>().ToHashSet(),
        After = _after?.Bound,
        Before = _before?.Bound,
        Skip = Skip,
        First = _first,
        IncludeHidden = IncludeHidden,
    };

    /// <inheritdoc/>
    private protected override string? ParameterWithoutSpans() =>
        MyInvocation.BoundParameters.ContainsKey(nameof(Scope)) ? nameof(Scope) : base.ParameterWithoutSpans();
}
