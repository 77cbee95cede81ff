using Tracers.Engine.Runtimes;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>Which markers are made of what a runtime says.</summary>
public sealed class RuntimeActivitiesTests
{
    private readonly ConnectionRequests _requests = new();
    private readonly List<RuntimeMark> _marks = [];
    private readonly RuntimeActivities _activities;

    public RuntimeActivitiesTests() => _activities = new RuntimeActivities(new RuntimeNumbers(TraceScript.Pid), _requests, _marks.Add);

    [Fact]
    public void A_thread_is_told_what_it_runs_only_where_readers_of_its_markers_do_not_know()
    {
        Say(new TraceScript()
            .Begin(0, 20, 0x20, "a").Switch(1, 20, 0x20).Begin(2, 20, 0x30, "b", parent: 0x20).End(3, 20, 0x30).Switch(3, 20, 0x20).End(4, 20, 0x20).Switch(4, 20, 0));
        Assert.Equal(["Open a 20", "Open b 20", "Close b 20", "Close a 20"], Marks);
    }

    [Fact]
    public void A_thread_that_takes_work_over_and_gives_it_away_is_switched()
    {
        Say(new TraceScript().Begin(0, 20, 0x20, "a").Switch(1, 20, 0).Switch(2, 21, 0x20).Switch(3, 21, 0).Switch(4, 22, 0x20).End(5, 22, 0x20).Switch(5, 22, 0));
        Assert.Equal(["Open a 20", "Switch 0 20", "Switch a 21", "Switch 0 21", "Switch a 22", "Close a 22", "Switch 0 22"], Marks);
    }

    [Fact]
    public void Work_for_an_activity_that_has_ended_is_for_the_one_around_it()
    {
        Say(new TraceScript()
            .Begin(0, 20, 0x20, "a").Begin(1, 20, 0x30, "b", parent: 0x20).End(2, 20, 0x30).Switch(3, 21, 0x30).End(4, 20, 0x20).Switch(5, 22, 0x30));
        Assert.Equal(["Open a 20", "Open b 20", "Close b 20", "Switch a 21", "Close a 20"], Marks);
    }

    [Fact]
    public void A_context_that_nobody_knows_means_none()
    {
        Say(new TraceScript().Begin(0, 20, 0x20, "a").Switch(1, 20, Guid.NewGuid()));
        Assert.Equal(["Open a 20", "Switch 0 20"], Marks);
    }

    [Fact]
    public void A_wait_for_a_lock_holds_its_thread_and_a_pair_does_not()
    {
        Say(new TraceScript().Begin(0, 20, 0x20, "a").Section(1, 2, 20, "contention", holds: true).Section(3, 4, 20, "Source.Load").End(5, 20, 0x20));
        Assert.Equal(["Open a 20", "Open contention 20", "Close contention 20", "Open Source.Load 20", "Switch a 20", "Close Source.Load 20", "Close a 20"], Marks);
    }

    [Theory]
    [InlineData(0ul, 0)]
    [InlineData(1ul, 1)]
    [InlineData(2ul, 1)]
    [InlineData(0x10ul, 8)]
    [InlineData(ulong.MaxValue, long.MaxValue)]
    public void The_id_of_a_span_is_its_activity_s_without_the_last_bit(ulong activity, long id) => Assert.Equal(id, RuntimeActivities.IdOf(activity));

    [Fact]
    public void Only_requests_whose_connection_is_known_are_found_by_it()
    {
        Say(new TraceScript().Begin(0, 20, 0x20, "In").Request(0, 20, 0x20).Request(1, 20, 0x99));
        Assert.Equal("GET", _marks[0].Span!.Request!.Method);
        Assert.Single(_marks);
    }

    [Fact]
    public void Without_contexts_no_activity_is_known_by_one()
    {
        Say(new TraceScript()
            .Begin(0, 20, 0x20, "In", context: Guid.Empty).Request(0, 20, 0x20).Begin(1, 21, 0x30, "In", context: Guid.Empty).Request(1, 21, 0x30)
            .Switch(2, 21, Guid.Empty));
        Route(Guid.Empty, "GET /");
        Assert.Equal(["Open In 20", "Open In 21", "Switch 0 21"], Marks);
        Assert.All(_marks, mark => Assert.Null(mark.Span?.Route));
    }

    [Fact]
    public void An_activity_ends_once_and_children_of_one_that_has_ended_keep_their_place()
    {
        Say(new TraceScript()
            .Begin(0, 20, 0x20, "a").End(1, 20, 0x20).End(2, 21, 0x20).Begin(3, 21, 0x30, "late", parent: 0x20).Switch(4, 22, 0x30).End(5, 22, 0x30).Switch(5, 22, 0x20));
        Assert.Equal(["Open a 20", "Close a 20", "Open late 21", "Switch late 22", "Close late 22", "Switch 0 22"], Marks);
        Assert.Same(_marks[0].Span, _marks[2].Span!.Parent);
    }

    [Fact]
    public void A_context_that_is_used_again_means_the_activity_that_began_with_it_last()
    {
        Guid context = Guid.NewGuid();
        Say(new TraceScript()
            .Begin(0, 20, 0x20, "a", context: context).Switch(1, 20, 0).Begin(2, 21, 0x30, "b", context: context).Switch(3, 21, 0).Switch(4, 22, context));
        Assert.Equal(["Open a 20", "Switch 0 20", "Open b 21", "Switch 0 21", "Switch b 22"], Marks);
    }

    [Fact]
    public void In_a_namespace_of_its_own_a_thread_that_nobody_knows_is_not_taken_for_another_one_with_its_number()
    {
        RuntimeActivities activities = new(new RuntimeNumbers(700, threads => threads[1] = 700), _requests, _marks.Add);
        new TraceScript().Begin(0, 25, 0x20, "a").Begin(1, 1, 0x30, "b").Switch(2, 25, 0x30).End(3, 25, 0x30).SayTo(activities, null, CancellationToken.None);
        Assert.Equal(["Open b 700", "Close b 700"], Marks);
        Assert.Equal(2, activities.Unplaced);
    }

    private List<string> Marks => [.. _marks.Select(mark => $"{mark.Kind} {(mark.Span is null ? mark.Kind == MarkerKind.Switch ? "0" : "?" : mark.Span.Name)} {mark.Tid}")];

    private void Say(TraceScript script) => script.SayTo(_activities, null, CancellationToken.None);

    private void Route(Guid context, string route) => _activities.RouteFound(new RuntimeMoment(TraceScript.Clock, 20), context, route);
}
