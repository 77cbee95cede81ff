using System.Globalization;

namespace Tracers.Engine.Events;

/// <summary>The tables of the format, which are text files of this folder and part of the assembly.</summary>
internal static class TableText
{
    /// <summary>The lines of a table without comments and empty ones.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using Stream stream = typeof(TableText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is missing from the assembly.");
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }

    /// <summary>The names of a table whose lines are a number and a name, by the number; null for a number that it does not have.</summary>
    /// <param name="name">The table.</param>
    /// <param name="count">How many numbers there may be.</param>
    public static string?[] NamesByNumber(string name, int count)
    {
        string?[] names = new string?[count];
        foreach (string line in Lines(name))
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            names[int.Parse(line.AsSpan(0, blank), CultureInfo.InvariantCulture)] = line[(blank + 1)..];
        }

        return names;
    }
}
