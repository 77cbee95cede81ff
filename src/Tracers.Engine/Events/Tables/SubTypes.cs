namespace Tracers.Engine.Events;

/// <summary>Parameters whose first byte says which type follows, from dynamic.txt.</summary>
internal static class SubTypes
{
    private static readonly Lazy<Dictionary<string, ParameterInfo[]>> s_lists = new(Load);

    /// <summary>Puts what follows the first byte of such a parameter in its place; leaves every other one, and one that its list does not have.</summary>
    public static void Unwrap(ref ParameterInfo parameter, scoped ref ReadOnlySpan<byte> data)
    {
        if (parameter.Type != ParameterType.Dyn || data.IsEmpty || Find(parameter.Table, data[0]) is not { } sub)
            return;
        parameter = sub;
        data = data[1..];
    }

    /// <summary>What follows the byte <paramref name="index"/> in a parameter of that list; null when the list has no such sub-type.</summary>
    public static ParameterInfo? Find(string list, byte index) =>
        s_lists.Value.TryGetValue(list, out ParameterInfo[]? types) && index < types.Length ? types[index] : null;

    private static Dictionary<string, ParameterInfo[]> Load()
    {
        Dictionary<string, ParameterInfo[]> lists = [];
        foreach (string line in TableText.Lines("dynamic.txt"))
        {
            string[] words = line.Split(' ');
            lists.Add(words[0], Array.ConvertAll(words[1..], static w => ParameterInfo.Parse(":" + w)));
        }

        return lists;
    }
}
