using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Rows of tables whose keys the user chose.</summary>
internal static class KeyedObject
{
    /// <summary>A row with a property for each key; of one key it has a type name of its own, so that the view can be headed with it.</summary>
    /// <param name="row">What the row holds beside its keys.</param>
    /// <param name="keys">The keys; their text is the name of the property.</param>
    /// <param name="values">The value of each.</param>
    /// <param name="view">The name of a view for all keys; null for that of the key.</param>
    public static PSObject Of<TKey>(object row, IReadOnlyList<TKey> keys, object?[] values, string? view = null)
        where TKey : notnull
    {
        PSObject result = new(row);
        for (int i = 0; i < values.Length; i++)
            result.Properties.Add(new PSNoteProperty(keys[i].ToString(), values[i]));
        if (view is not null || values.Length == 1)
            result.TypeNames.Insert(0, $"{row.GetType().FullName}#{view ?? keys[0].ToString()}");
        return result;
    }
}
