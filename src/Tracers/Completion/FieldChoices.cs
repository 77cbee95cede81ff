using Tracers.Engine.Filters;

namespace Tracers.Completion;

/// <summary>The fields of the filter language, as Tab offers them.</summary>
internal static class FieldChoices
{
    /// <summary>Those of which something is true, in the order of the catalogue.</summary>
    public static IEnumerable<Choice> Of(Func<FieldInfo, bool> isWanted) =>
        FieldCatalogue.All.Where(isWanted).Select(static f => new Choice(Written(f), $"{Written(f)}: {f.Description}"));

    /// <summary>Those that have one value, of which something is true: what can be a key or a property.</summary>
    public static IEnumerable<Choice> OfValues(Func<FieldInfo, bool> isWanted) =>
        FieldCatalogue.All.Where(f => !f.FilterOnly && isWanted(f)).Select(static f => new Choice(OfOneValue(f), $"{OfOneValue(f)}: {f.Description}"));

    // Without a number it stands for all of them.
    private static string OfOneValue(FieldInfo field) => field.Argument == FieldArgument.OptionalIndex ? field.Name + "[1]" : Written(field);

    // As far as it can be written without knowing what is meant.
    private static string Written(FieldInfo field) => field.Argument switch
    {
        FieldArgument.Index => field.Name + "[0]",
        FieldArgument.Name or FieldArgument.IndexOrName => field.Name + ".",
        FieldArgument.Key => field.Name + "[",
        _ => field.Name,
    };
}
