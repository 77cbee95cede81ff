namespace Tracers.Tests.Engine.Differential;

/// <summary>Where fields of spans differ from sysdig's on purpose.</summary>
internal static class SpanDifferences
{
    public static IReadOnlyList<FieldDifference> All { get; } =
    [
        new(["span.args", "span.arg[0]", "span.arg[-1]", "span.idtag[0]", "span.idtag[-1]"], static d => d.Sysdig == SysdigValues.None && d.IsExit, "What the closing marker of an orphan says is known: sysdig has it only for spans whose beginning it has seen."),
        new(["evtin.span.m.id", "evtin.span.m.tags", "evtin.span.m.ntags"], static d => d.Sysdig == SysdigValues.None, "sysdig gives a value only on threads that have written a marker."),
    ];
}
