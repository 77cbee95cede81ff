using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Tracers.Shell;
using Xunit;

namespace Tracers.Tests.Shell;

public sealed class PathCompletionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracers-shell-").FullName;

    public PathCompletionTests()
    {
        foreach (string name in (string[])["src/demo.scap", "src/demo.ps1", "src/other.txt", "src/.hidden", "my files/one's.scap", "my files/deep/two.scap"])
        {
            string path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Get-TracerSpan -Path src/de", "Get-TracerSpan -Path src/demo.ps1|Get-TracerSpan -Path src/demo.scap")]
    [InlineData("Get-TracerSpan -Path:src/DEMO.s", "Get-TracerSpan -Path:src/demo.scap")]
    [InlineData("Get-TracerSpan sr", "Get-TracerSpan src/")]
    [InlineData("Get-TracerSpan a,src/o", "Get-TracerSpan a,src/other.txt")]
    [InlineData("Get-TracerSpan src/.h", "Get-TracerSpan src/.hidden")]
    [InlineData("Get-TracerSpan m", "Get-TracerSpan 'my files/'")]
    [InlineData("Get-TracerSpan 'my files/o", "Get-TracerSpan 'my files/one''s.scap'")]
    [InlineData("Get-TracerSpan \"src/ot", "Get-TracerSpan 'src/other.txt'")]
    [InlineData("./src/demo.p", "./src/demo.ps1")]
    [InlineData("./my", "& './my files/'")]
    [InlineData("& ./my", "& './my files/'")]
    public void A_word_that_begins_a_path_is_completed_and_quoted_where_it_must_be(string line, string expected) =>
        Assert.Equal(expected.Split('|'), Lines(line));

    [Theory]
    [InlineData("sr")]
    [InlineData("Get-TracerSpan ")]
    [InlineData("Get-TracerSpan -src")]
    [InlineData("Get-TracerSpan $src")]
    [InlineData("Get-TracerSpan \"$x/src")]
    [InlineData("Get-TracerSpan nowhere/x")]
    [InlineData("Get-TracerSpan s*")]
    [InlineData("$x.sr")]
    [InlineData("")]
    public void Anything_else_is_left_alone(string line) => Assert.Empty(Lines(line));

    [Fact]
    public void What_stands_behind_the_cursor_stays()
    {
        const string Before = "Get-TracerSpan 'src/ot";
        CommandCompletion found = PathCompletion.Complete(Before + "' -Tag x", Before.Length, _folder);
        Assert.Equal("Get-TracerSpan 'src/other.txt' -Tag x", Put(Before + "' -Tag x", found, Assert.Single(found.CompletionMatches)));
    }

    [Fact]
    public void Tab_goes_on_inside_the_quotes_of_the_only_folder_that_matches()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(_folder);
        var completer = new LineCompleter(runspace);
        var line = new LineBuffer();
        line.Set("Get-TracerSpan -Path my");
        completer.Complete(line, forward: true);
        Assert.Equal(("Get-TracerSpan -Path 'my files/'", line.Text.Length - 1), (line.Text, line.Cursor));
        completer.Complete(line, forward: true);
        Assert.Equal("Get-TracerSpan -Path 'my files/deep/'", line.Text);
        completer.Complete(line, forward: true);
        Assert.Equal("Get-TracerSpan -Path 'my files/one''s.scap'", line.Text);
        completer.Complete(line, forward: false);
        Assert.Equal("Get-TracerSpan -Path 'my files/deep/'", line.Text);
    }

    private static string Put(string line, CommandCompletion found, CompletionResult match) =>
        string.Concat(line.AsSpan(0, found.ReplacementIndex), match.CompletionText, line.AsSpan(found.ReplacementIndex + found.ReplacementLength));

    private IEnumerable<string> Lines(string line)
    {
        CommandCompletion found = PathCompletion.Complete(line, line.Length, _folder);
        return found.CompletionMatches.Select(m => Put(line, found, m));
    }
}
