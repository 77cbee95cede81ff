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
}
