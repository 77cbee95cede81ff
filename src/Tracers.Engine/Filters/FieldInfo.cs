namespace Tracers.Engine.Filters;

/// <summary>One field of the filter language.</summary>
/// <param name="Name">Its name, without what may stand behind it: <c>span.tag</c>.</param>
/// <param name="Type">What kind of value it has; of a field whose type depends on its argument, what it mostly has.</param>
/// <param name="Description">A sentence for people: what it is, and when there is none.</param>
/// <param name="Compile">Makes what reads it.</param>
internal sealed record FieldInfo(string Name, FieldType Type, string Description, Func<FieldReference, FieldReader> Compile)
{
    public FieldUnit Unit { get; init; }

    public FieldArgument Argument { get; init; }

    /// <summary>Whether it only can be compared: it stands for several values at once.</summary>
    public bool FilterOnly { get; init; }

    /// <summary>A filter that uses it.</summary>
    public required string Example { get; init; }

    /// <summary>The values that it can have, where they are few and known.</summary>
    public Func<IEnumerable<string>>? Values { get; init; }

    /// <summary>What stands before the first dot: <c>proc</c>.</summary>
    public string Class => Name[..Name.IndexOf('.', StringComparison.Ordinal)];
}
