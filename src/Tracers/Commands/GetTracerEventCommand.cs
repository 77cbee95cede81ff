using System.Management.Automation;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;

namespace Tracers.Commands;

/// <summary>Reads the events of a capture in their order.</summary>
[Cmdlet(VerbsCommon.Get, "TracerEvent", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerEvent), typeof(string))]
public sealed class GetTracerEventCommand : EventSelectionCommand
{
    /// <summary>A line of text for each event, as sysdig lists it, in the place of objects: for people and for text tools, and several times faster.</summary>
    [Parameter]
    public SwitchParameter AsText { get; set; }

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

        Read(path, keepArguments: false, file => file.ReadEvents(query, e => WriteObject(new TracerEvent(e, path))));
    }
}
