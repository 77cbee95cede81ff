using System.Collections;
using System.Management.Automation;

namespace Tracers;

/// <summary>The arguments of a span as a script gives them.</summary>
internal static class SpanArguments
{
    /// <summary>Names and values as text in the invariant culture; those of a hash table, which has no order, by name.</summary>
    /// <param name="given">What was given; null for nothing.</param>
    public static KeyValuePair<string, string?>[] Of(IDictionary? given)
    {
        if (given is null)
            return [];
        List<KeyValuePair<string, string?>> arguments = [];
        foreach (DictionaryEntry entry in given)
            arguments.Add(new(LanguagePrimitives.ConvertTo<string>(entry.Key), ValueOf(entry.Value)));
        if (given is Hashtable)
            arguments.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return [.. arguments];
    }

    // Truth as programs in other languages write it.
    private static string? ValueOf(object? value) => value switch
    {
        true => "true",
        false => "false",
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };
}
