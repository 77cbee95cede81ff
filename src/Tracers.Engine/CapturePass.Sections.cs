using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;

namespace Tracers.Engine;

/// <content>Where a section begins and ends: a file can have several, one behind another, each with lists of its own.</content>
internal sealed partial class CapturePass
{
    /// <summary>Whether <see cref="Section"/> is kept. To be set before the first section.</summary>
    public bool KeepsSections { get; set; }

    /// <summary>What the section begins with; null when it is not kept.</summary>
    public SectionMetadata? Section { get; private set; }

    private void BeginSection()
    {
        long offset = _reader.Offset;
        SectionMetadata section = MetadataReader.Read(_reader, _cancellation, keepBlocks: KeepsSections);
        if (Statistics.Sections++ == 0)
        {
            Statistics.FormatVersion = new Version(section.MajorVersion, section.MinorVersion);
            Statistics.Machine = section.Machine;
        }

        Statistics.SkippedBlocks += section.SkippedBlocks;
        Statistics.SkippedEntries += section.SkippedEntries;
        _lastLeading = _number;
        if (KeepsSections)
            Section = section;
        try
        {
            State.Begin(section);
        }
        catch (EventDamagedException e)
        {
            throw new ScapFormatException(_reader.Path, offset, $"section: {e.Field}", $"'{_reader.Path}', section at byte {offset}: {e.Why}. Split the capture.");
        }
    }

    private void EndSection<TSink>(ref TSink sink)
        where TSink : struct, IPassSink
    {
        if (!TracksSpans)
            return;
        foreach (SpanNode open in Tracker.Open)
        {
            open.End = 0;
            if (!open.IsUnshown)
                sink.Span(open);
        }

        // The next section's metadata may be damaged: its spans must not be handed out again then.
        Tracker.Clear();
    }
}
