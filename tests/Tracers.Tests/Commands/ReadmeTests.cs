using System.Text.RegularExpressions;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Runs what README.md shows.</summary>
public sealed partial class ReadmeTests(ModuleHost host) : CommandTests(host)
{
    // PowerShell needs more than the engine alone has for these, and they say so in their first line.
    private const string NotHere = "# needs";

    [Fact]
    public void Every_PowerShell_block_runs_in_the_repository_and_shows_what_the_text_behind_it_says()
    {
        string readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");
        Assert.StartsWith("# Tracers", readme, StringComparison.Ordinal);
        Host.SetVariable("root", Repository.Root);
        foreach (Match block in Block().Matches(readme))
        {
            string script = block.Groups["script"].Value;
            if (script.StartsWith(NotHere, StringComparison.Ordinal)) continue;
            string text = Host.Text($"Set-ProbeLocation $root\n{script}");
            Assert.True(Host.Errors.Count == 0, $"README's example wrote errors:\n{script}\n{string.Join('\n', Host.Errors)}");
            if (block.Groups["text"].Success) Assert.Equal(Comparable(block.Groups["text"].Value), Comparable(text));
        }
    }

    // The time of day depends on the zone of the machine, and so does the day. An editor takes away blanks at the end of a line.
    private static string Comparable(string text) =>
        Day().Replace(TimeOfDay().Replace(string.Join('\n', text.Trim().Split('\n').Select(static line => line.TrimEnd())), "<time>"), "<day>");

    [GeneratedRegex(@"^```powershell\n(?<script>.*?)^```\n(?:\n*```text\n(?<text>.*?)^```\n)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\d\d:\d\d:\d\d\.\d{3,9}")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d")]
    private static partial Regex Day();
}
