namespace Tracers.Tests.Commands;

/// <summary>An entry of the topic about chisels: whose question it is, and the commands that answer it.</summary>
/// <param name="Names">Chisels or views.</param>
/// <param name="Text">What stands behind the names.</param>
/// <param name="Commands">The commands, each with the lines that the topic shows of its output.</param>
internal sealed record ChiselEntry(IReadOnlyList<string> Names, string Text, List<(string Script, IReadOnlyList<string> Shown)> Commands)
{
    private const string EntryIndent = "    ";
    private const string CommandIndent = "        ";

    /// <summary>Reads the entries between two headings: paragraphs of names and text, of a command, and of lines of output behind bars.</summary>
    public static List<ChiselEntry> ReadAll(string path, string heading, string nextHeading)
    {
        string topic = File.ReadAllText(path).ReplaceLineEndings("\n");
        string section = topic.Split($"\n{heading}\n")[1].Split($"\n{nextHeading}\n")[0];
        List<ChiselEntry> entries = [];
        foreach (string paragraph in section.Split("\n\n").Select(static p => p.TrimEnd()))
        {
            if (paragraph.StartsWith('|'))
            {
                List<(string Script, IReadOnlyList<string> Shown)> commands = entries[^1].Commands;
                commands[^1] = (commands[^1].Script, [.. paragraph.Split('\n').Select(static line => line[1..])]);
            }
            else if (paragraph.StartsWith(CommandIndent, StringComparison.Ordinal))
            {
                entries[^1].Commands.Add((paragraph, []));
            }
            else if (paragraph.StartsWith(EntryIndent, StringComparison.Ordinal))
            {
                string[] parts = string.Join(' ', paragraph.Split('\n', StringSplitOptions.TrimEntries)).Split(": ", 2);
                entries.Add(new(parts[0].Split(", "), parts[1], []));
            }
        }

        return entries;
    }
}
