using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

public class EventQueryTests
{
    // The state needs the first parameter only; an event that is handed out is decoded later, when nothing can be reported any more.
    [Fact]
    public void An_event_with_a_parameter_that_leaves_it_is_an_error_and_is_not_handed_out()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Event(100, 8, 4L, 3u)
            .Raw(CaptureBuilder.MakeBlock(0x216, Written.Join((ushort)0, 9L, 100L, 42, (ushort)8, 2, (ushort)8, (ushort)100, 4L, 3u)));
        (List<EventRecord> events, ScapFormatException? error) = Read(capture, new EventQuery());
        Assert.Single(events);
        Assert.Equal("event block: parameter 1 of event type 8: length", error!.Field);
    }

    [Fact]
    public void A_pass_that_was_stopped_early_says_how_much_it_read()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Event(100, 8, 4L, 3u).Event(100, 9, 3L, "abc"u8.ToArray()).Event(100, 8, 4L, 3u);
        using TempFile temp = new();
        File.WriteAllBytes(temp.Path, capture.ToArray());
        using CaptureFile file = new(temp.Path, keepArguments: false, CancellationToken.None);
        file.ReadEvents(new EventQuery { First = 2 }, static _ => { });
        Assert.Equal(2, file.Statistics.Events);
    }

    [Fact]
    public void A_long_list_before_the_events_can_be_cancelled()
    {
        byte[] entries = [.. Enumerable.Range(0, 5000).SelectMany(static fd => Written.Join((long)fd, 1L, (byte)1, (ushort)1, (byte)'f'))];
        CaptureBuilder capture = new CaptureBuilder().Header().Raw(CaptureBuilder.MakeBlock(0x203, [.. Written.Join(100L), .. entries])).Event(100, 8, 4L, 3u);
        using TempFile temp = new();
        File.WriteAllBytes(temp.Path, capture.ToArray());
        using CancellationTokenSource stop = new();
        using BlockReader reader = new(temp.Path, ByteSource.Open(temp.Path, CancellationToken.None));
        SectionMetadata section = MetadataReader.Read(reader, stop.Token);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Tracers.Engine.State.CaptureState().Begin(section));
    }

    private static (List<EventRecord> Events, ScapFormatException? Error) Read(CaptureBuilder capture, EventQuery query)
    {
        using TempFile temp = new();
        File.WriteAllBytes(temp.Path, capture.ToArray());
        using CaptureFile file = new(temp.Path, keepArguments: false, CancellationToken.None);
        List<EventRecord> events = [];
        try
        {
            file.ReadEvents(query, events.Add);
            return (events, null);
        }
        catch (ScapFormatException e)
        {
            return (events, e);
        }
    }
}
