using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;

namespace Tracers.Commands;

/// <summary>Reads the events of a capture in their order.</summary>
[Cmdlet(VerbsCommon.Get, "TracerEvent", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerEvent), typeof(string), typeof(PSObject))]
public sealed class GetTracerEventCommand : EventSelectionCommand
{
    private (string Name, FieldReader Reader)[] _fields = [];

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
        EventQuery query = Query();
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
