using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Rows of tables whose keys the user chose.</summary>
internal static class KeyedObject
{
    /// <summary>A row with a property for each key; of one key it has a type name of its own, so that the view can be headed with it.</summary>
    /// <param name="row">What the row holds beside its keys.</param>
    /// <param name="keys">The names of the keys, which are those of the properties.</param>
    /// <param name="values">The value of each.</param>
    /// <param name="view">The name of a view for all keys; null for that of the key, if it is the only one.</param>
    public static PSObject Of(object row, IReadOnlyList<string> keys, object?[] values, string? view = null)
    {
        PSObject result = new(row);
        for (int i = 0; i < values.Length; i++)
            result.Properties.Add(new PSNoteProperty(keys[i], values[i]), preValidated: true);
        if (view is not null || values.Length == 1)
            result.TypeNames.Insert(0, $"{row.GetType().FullName}#{view ?? keys[0]}");
        return result;
    }
}
