using Tracers.Engine.Events;

namespace Tracers.Engine.Analysis;

/// <summary>An event that was handed out, as text.</summary>
internal readonly struct RecordText(EventRecord record)
{
    private readonly EventRecord _record = record;

    /// <summary>The line of sysdig's listing.</summary>
    public string Line()
    {
        TextBuffer text = new();
        RecordedNames names = new(_record);
        EventLine line = new(TimeZoneInfo.Local);
        if (_record.ListedMarker is { } marker)
        {
            line.AppendHead(text, _record.View, _record.Number, in names);
            MarkerListing.Append(text, marker.Kind, marker.Id, marker.Tags, marker.Arguments);
        }
        else
        {
            line.Append(text, _record.View, _record.Number, _record.HasEnter, in names);
        }

        return text.ToString();
    }

    /// <summary>Only the parameters, each with a blank behind it.</summary>
    public string Parameters()
    {
        TextBuffer text = new();
        RecordedNames names = new(_record);
        if (_record.ListedMarker is { } marker)
            MarkerListing.AppendParameters(text, marker.Id, marker.Tags, marker.Arguments);
        else
            EventLine.AppendParameters(text, _record.View, _record.HasEnter, in names);
        return text.ToString();
    }
}
