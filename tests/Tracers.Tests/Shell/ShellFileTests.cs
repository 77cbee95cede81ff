using Xunit;

namespace Tracers.Tests.Shell;

public sealed class ShellFileTests : IDisposable
{
    private const string Script = """
        param([string]$Name, [switch]$Loud, [int]$Count = 1, [Parameter(ValueFromRemainingArguments)]$Rest)
        "name=$Name loud=$Loud count=$Count rest=$Rest root=$PSScriptRoot"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("tracers-shell-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Arguments_bind_to_the_parameters_of_a_script_by_name_by_switch_and_by_place()
    {
        string path = Write(Script);
        Assert.Equal([$"name=Joe loud=True count=3 rest=a b root={_folder}"], ShellProcess.Run("-File", path, "-Name", "Joe", "-Loud", "-Count", "3", "a", "b").Lines);
        Assert.Equal([$"name=Joe loud=False count=4 rest= root={_folder}"], ShellProcess.Run(path, "Joe", "-Loud:$false", "-Count:4").Lines);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("& { exit 8 }", 8)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Nope-Nope", 0)]
    [InlineData("1 +", 1)]
    public void The_exit_code_is_the_scripts(string script, int expected) =>
        Assert.Equal(expected, ShellProcess.Run("-File", Write(script)).ExitCode);

    [Fact]
    public void An_argument_that_does_not_convert_is_an_error_and_the_script_does_not_run()
    {
        ShellRun run = ShellProcess.Run("-File", Write(Script), "-Count", "many");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("'Count'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_a_script_shows_the_file_and_the_line()
    {
        string path = Write("1\nNope-Nope\n");
        Assert.Contains($"{path}:2", ShellProcess.Run("-File", path).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_is_not_there_is_named()
    {
        ShellRun run = ShellProcess.Run("-File", "nowhere.ps1");
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("'nowhere.ps1' was not found", run.Error, StringComparison.Ordinal);
    }

    private string Write(string script)
    {
        string path = Path.Combine(_folder, "script.ps1");
        File.WriteAllText(path, script);
        return path;
    }
}
