using Tracers.Engine.State;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Analysis;

public class EventFilterTests
{
    private const ushort ContainerType = 272;
    private const ushort ProcessInfoType = 234;

    [Fact]
    public void Reads_writes_and_closes_are_of_the_category_of_their_descriptor()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(100, 4, 1).Read(100, 5, 1).Read(100, 77, 1).Close(100, 4).Close(100, 5).Close(100, 78);
        Assert.Equal([1, 2, 7, 8], Numbers(capture, EventCategory.File));
        Assert.Equal([3, 4, 9, 10], Numbers(capture, EventCategory.Net));
        Assert.Equal([5, 6, 11, 12], Numbers(capture, EventCategory.Unknown));
        Assert.Equal([1, 2, 3, 4, 7, 8, 9, 10], Numbers(capture, EventCategory.Net, EventCategory.File));
    }

    [Fact]
    public void A_call_without_an_event_of_its_own_has_a_name_and_a_category()
    {
        int id = Enumerable.Range(1, SyscallTable.Count - 1).Single(i => SyscallTable.Name(i) == "alarm");
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 0, (ushort)id, (ushort)37).Event(100, 1, (ushort)id).Event(100, 0, (ushort)2, (ushort)60);
        Assert.Equal([1, 2], Numbers(capture, EventCategory.Time));
        Assert.Equal([1, 2], Numbers(capture, new EventQuery { Type = static name => name == "alarm" }));
        Assert.Equal([3], Numbers(capture, EventCategory.Process));
        Assert.Empty(Numbers(capture, new EventQuery { Type = static name => name == "syscall" }));
    }

    [Fact]
    public void A_marker_is_of_the_category_other_and_a_switch_marker_a_write()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, "=:1:::");
        Assert.Contains(2, Numbers(capture, EventCategory.Other));
        Assert.Contains(4, Numbers(capture, EventCategory.File));
        Assert.DoesNotContain(2, Numbers(capture, EventCategory.File));
    }

    [Fact]
    public void A_range_of_time_has_its_beginning_and_not_its_end()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(100, 4, 1).Read(100, 4, 1);
        Assert.Equal([2, 3], Numbers(capture, new EventQuery { After = At(1000), Before = At(3000) }));
        Assert.Equal([2, 3, 4], Numbers(capture, new EventQuery { After = At(1), Before = At(3001) }));
        Assert.Equal([2, 3], Numbers(capture, new EventQuery { After = At(CaptureBuilder.Start + 1000, TimeBoundKind.Epoch), Before = At(3000) }));
    }

    // Events of several cpus are merged with small inversions; a clock can be set back.
    [Fact]
    public void An_event_that_comes_late_is_not_lost()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(100, 4, 1);
        capture.Now += 10_000_000_000;
        capture.Read(100, 4, 1);
        capture.Now = CaptureBuilder.Start + 500;
        capture.Read(100, 4, 1);
        Assert.Equal([1, 2, 5, 6], Numbers(capture, new EventQuery { Before = At(2000) }));
    }

    [Fact]
    public void Offsets_count_from_the_first_event_of_the_machine()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        capture.Now = 0;
        capture.Event(100, ContainerType, "{}");
        capture.Now = CaptureBuilder.Start;
        capture.Read(100, 4, 1);
        Assert.Equal([2], Numbers(capture, new EventQuery { Before = At(1000) }));
        Assert.Equal([3], Numbers(capture, new EventQuery { After = At(1000) }));
        Assert.Equal([1], Numbers(capture, new EventQuery { Before = At(1, TimeBoundKind.Epoch), IncludeHidden = true }));
    }

    [Fact]
    public void What_comes_before_the_first_event_is_in_one_of_two_ranges_that_touch()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(0, ProcessInfoType, 1L, 2L).Read(100, 4, 1);
        Assert.Equal([1, 2], Numbers(capture, new EventQuery { Before = At(1000), IncludeHidden = true }));
        Assert.Equal([3], Numbers(capture, new EventQuery { After = At(1000) }));
    }

    [Fact]
    public void What_is_skipped_does_not_count_for_the_first()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(100, 4, 1).Read(100, 5, 1).Read(100, 4, 1);
        Assert.Equal([2, 5], Numbers(capture, new EventQuery { Categories = new HashSet<EventCategory> { EventCategory.File }, Skip = 1, First = 2 }));
    }

    [Fact]
    public void Every_type_has_a_category() => Assert.All(EventTable.Infos, static info =>
        Assert.True(!EventCategories.TryOfType(info.Number, out EventCategory category) || Enum.IsDefined(category)));

    private static TimeBound At(long nanoseconds, TimeBoundKind kind = TimeBoundKind.FirstEvent) => new(kind, nanoseconds);

    private static long[] Numbers(CaptureBuilder capture, params EventCategory[] categories) =>
        Numbers(capture, new EventQuery { Categories = new HashSet<EventCategory>(categories) });

    private static long[] Numbers(CaptureBuilder capture, EventQuery query)
    {
        using TempFile temp = new();
        File.WriteAllBytes(temp.Path, capture.ToArray());
        using CaptureFile file = new(temp.Path, keepArguments: false, CancellationToken.None);
        List<long> numbers = [];
        file.ReadEvents(query, e => numbers.Add(e.Number));
        return [.. numbers];
    }
}
