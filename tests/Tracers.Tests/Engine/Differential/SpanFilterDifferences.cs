namespace Tracers.Tests.Engine.Differential;

/// <summary>Where filters of spans accept other events than sysdig's on purpose.</summary>
internal static class SpanFilterDifferences
{
    private const int WriteExit = 9;

    public static IReadOnlyList<FilterDifference> All { get; } =
    [
        new(["evtin.span"], static d => d.All(static (_, type) => type.Number == WriteExit), "The beginning of an inner span lies in the outer one, also when the inner one fits as well."),
        new(["evtin.span.p.", "evtin.span.s."], static _ => true, "The process that opened the span, and with its descendants: sysdig has the same thread, and direct children."),
        new(["span.time"], static d => d.All(static (_, type) => type.Number == WriteExit), "The time is that of the beginning, also at the end."),
        new(["span.nargs"], static d => d.All(static (_, type) => type.Number == WriteExit), "sysdig has no value where no other field makes it pair markers."),
        new(["span.args", "span.arg.", "span.arg[", "span.idtag"], static d => d.All(static (_, type) => type.Number == WriteExit) && d.OnlySysdig.Length == 0, "What the end of a span says is known also where its beginning is not."),
        new(["span.rawparenttime"], static d => d.All(static (_, type) => type.Number == WriteExit), "The parent is any span that it belonged to, and not only one with the same id and the outer tags."),
        new([""], static d => d.Capture == "vectors/edge" && d.All(static (_, type) => type.Number == WriteExit), "Markers whose id or first tag begins with the digit 0 are markers."),
    ];
}
