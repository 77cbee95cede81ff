namespace Tracers.Tests.Engine.Marks;

/// <summary>A span as a program begins it, and what every emitter must make of it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Arguments">Names and values in turn.</param>
/// <param name="Tags">The tags in the marker, inside of no span; null when there is no marker.</param>
/// <param name="Written">The arguments in the marker.</param>
internal sealed record MarkerCase(string Tag, string[] Arguments, string? Tags, string Written)
{
    /// <summary>The one table that all emitters are held to.</summary>
    public static IReadOnlyList<MarkerCase> All { get; } =
    [
        new("plain", [], "plain", ""),
        new("two.tags", [], "two.tags", ""),
        new("a b", ["code", "200"], "a b", "code=200"),
        new("é€😀", ["ü", "ß"], "é€😀", "ü=ß"),
        new(":=,<>\\", [":=,<>\\", ":=,<>\\"], @"\:\=\,\<\>\\", @"\:\=\,\<\>\\=\:\=\,\<\>\\"),
        new("line\nbreak", ["n", "1\n2"], "line\\\nbreak", "n=1\\\n2"),
        new("0first", ["0", "0"], "\\0first", "0=0"),
        new(".dot", ["a.b", "c.d"], ".dot", "a.b=c.d"),
        new("quote'\"$(x)`*", ["q", "'\"$(x)`* %s"], "quote'\"$(x)`*", "q='\"$(x)`* %s"),
        new("order", ["z", "1", "a", "", "m", "3"], "order", "z=1,a=,m=3"),
        new("", ["a", "1"], null, ""),
        new("dropped", ["a", "1", "long", new string('x', 4096)], "dropped", ""),
        new(new string('y', 4096), [], null, ""),
    ];

    // A name with an equals sign cannot be said to bash.
    public bool CanBeSaidToBash => Arguments.Where((_, i) => i % 2 == 0).All(name => !name.Contains('='));
}
