using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;

namespace Tracers.Commands;

/// <summary>Reads the events of a capture in their order.</summary>
[Cmdlet(VerbsCommon.Get, "TracerEvent", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerEvent), typeof(string), typeof(PSObject))]
public sealed class GetTracerEventCommand : SpanReadCommand
{
    private CaptureTime? _after;
    private CaptureTime? _before;
    private long? _first;
    private (string Name, FieldReader Reader)[] _fields = [];

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

    /// <summary>A line of text for each event, as sysdig lists it, in the place of objects: for people and for text tools, and several times faster.</summary>
    [Parameter]
    public SwitchParameter AsText { get; set; }

    /// <summary>Small objects with these fields and nothing else, named as here, in the place of events: <c>evt.time</c>, <c>proc.name</c>, ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (Property is null)
            return;
        if (AsText)
            ThrowTerminatingError(TracerErrors.PropertyOfText());
        _fields = [.. Property.Distinct(StringComparer.OrdinalIgnoreCase).Select(text => (text, ReadField(text)))];
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        EventQuery query = new()
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
        if (AsText)
        {
            TextBuffer line = new();
            Read(path, keepArguments: false, file => file.List(query, line, TimeZoneInfo.Local, () =>
            {
                string text = line.ToString();
                line.Length = 0;
                WriteObject(text);
            }));
            return;
        }

        if (Property is not null)
        {
            Read(path, keepArguments: false, file => file.ReadFields(query, Array.ConvertAll(_fields, static f => f.Reader), values => WriteObject(ToObject(values))));
            return;
        }

        Read(path, keepArguments: false, file => file.ReadEvents(query, e => WriteObject(new TracerEvent(e, path))));
    }

    private PSObject ToObject(object?[] values)
    {
        PSObject result = new();
        for (int i = 0; i < values.Length; i++)
            result.Properties.Add(new PSNoteProperty(_fields[i].Name, FieldValues.ToObject(_fields[i].Reader.Unit, values[i])), preValidated: true);
        return result;
    }

    private FieldReader ReadField(string text)
    {
        try
        {
            return FieldCatalogue.ReaderOf(text);
        }
        catch (FilterSyntaxException e)
        {
            ThrowTerminatingError(TracerErrors.FieldNotValid(text, e));
            throw;
        }
    }
}
