namespace Tracers.Tests.Engine.Spans;

/// <summary>A line of the marker vectors that differs from sysdig's on purpose.</summary>
/// <param name="Vector">The capture.</param>
/// <param name="Sysdig">The line that sysdig gives; null when it gives none.</param>
/// <param name="Tracers">The line here; null when there is none.</param>
/// <param name="Reason">Why.</param>
internal sealed record MarkerDifference(string Vector, string? Sysdig, string? Tracers, string Reason)
{
    private const string Invalid =
        "A text that is no marker stays the write that it was: nobody opened a span with an id of 0 and a tag of 'invalid tracer'.";

    private const string Zero = "An id or a first tag that begins with the digit 0 is one like any other. sysdig waits for its rest for ever.";

    private const string Condemned = "A first write that is no marker says nothing of the next ones. sysdig never looks at the descriptor again.";

    private const string ExitsOnly = "Where a recorder writes exits only the descriptor stands in the exit. sysdig 0.29.3 looks for it in the enter event.";

    public static IReadOnlyList<MarkerDifference> All { get; } =
    [
        new("ids", "16 101 > tracer id=0 tags=invalid tracer >:tx:a::, len8 args=", "16 101 < write", Invalid),
        new("ids", "18 101 > tracer id=0 tags=invalid tracer >:px:a::, len8 args=", "18 101 < write", Invalid),
        new("ids", "20 101 > tracer id=0 tags=invalid tracer >:gx:a::, len8 args=", "20 101 < write", Invalid),
        new("ids", "22 101 > tracer id=0 tags=invalid tracer >:x:a::, len7 args=", "22 101 < write", Invalid),
        new("ids", "24 101 > tracer id=0 tags=invalid tracer >:1x:a::, len8 args=", "24 101 < write", Invalid),
        new("badafter", "4 100 > tracer id=0 tags=invalid tracer garbage, len7 args=", "4 100 < write", Invalid),
        new("badafter", "8 100 > tracer id=0 tags=invalid tracer >:1:bad=x::, len11 args=", "8 100 < write", Invalid),
        new("badafter", "10 100 > tracer id=0 tags=invalid tracer x, len1 args=", "10 100 < write", Invalid),
        new("malf29", null, "2 100 > tracer id=1 tags=0a args=", Zero),
        new("malf30", null, "2 100 > tracer id=1 tags=a args=", Zero),
        new("badfirst", "4 100 < write", "4 100 > tracer id=1 tags=ok args=", Condemned),
        new("badfirst", "5 100 > write", null, "What enters a write to a descriptor that carries markers is not listed, and this one does."),
        new("badfirst", "6 100 < write", "6 100 < tracer id=1 tags=ok args=", Condemned),
        new("newstyle", "1 100 < write", "1 100 > tracer id=1 tags=a args=", ExitsOnly),
        new("newstyle", "3 100 < write", "3 100 < tracer id=1 tags=a args=", ExitsOnly),
        new("late", "18 100 < write", "18 100 > tracer id=1 tags=never args=", Condemned),
    ];
}
