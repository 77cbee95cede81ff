using System.Diagnostics;
using Xunit;

namespace Tracers.Tests.Shell;

public sealed class ShellEndingTests
{
    // Of a loop that has no end. Far more than it takes, since the machine may be doing something else for seconds.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_stops_the_pipeline_at_once_and_prints_nothing(string signal, int expected)
    {
        Skip.If(OperatingSystem.IsWindows(), "There are no signals to send on Windows.");
        using ShellProcess shell = ShellProcess.Start(["-Command", "'ready'; while ($true) { }"]);
        Assert.Equal("ready", shell.Output.ReadLine());

        var clock = Stopwatch.StartNew();
        shell.Signal(signal);
        ShellRun run = shell.Finish();

        Assert.Equal(expected, run.ExitCode);
        Assert.True(clock.Elapsed < s_patience, $"It took {clock.Elapsed}.");
        Assert.Equal("", run.Output);
        Assert.Equal("", run.Error);
    }

    [SkippableTheory]
    [InlineData("-Command", "while ($true) { }")]
    [InlineData("-Command", "-")]
    public void Ctrl_C_at_any_time_of_the_start_ends_with_130_and_prints_nothing(params string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "There are no signals to send on Windows.");
        int[] delays = [20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 225, 250];
        foreach (int delay in delays)
        {
            using ShellProcess shell = ShellProcess.Start(arguments);
            Thread.Sleep(delay);
            shell.Signal("INT");
            Assert.Equal((delay, 130), (delay, shell.WaitForExit()));
            Assert.Equal("", shell.ErrorText());
        }
    }

    [SkippableFact]
    public void Ctrl_C_at_the_prompt_changes_nothing_for_the_commands_after_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "There are no signals to send on Windows.");
        using ShellProcess shell = ShellProcess.Start([]);
        shell.Enter("'ready'");
        Assert.Equal("ready", shell.ReadLine());

        // Nothing shows that the prompt is reached, nor that a signal was handled.
        Thread.Sleep(s_pause);
        shell.Signal("INT");
        shell.Signal("INT");
        Thread.Sleep(s_pause);
        shell.Enter("21+21");
        Assert.Equal("42", shell.ReadLine());
        shell.Enter("'looping'; while ($true) { }");
        Assert.Equal("looping", shell.ReadLine());
        shell.Signal("INT");
        ShellRun run = shell.Finish("6*7\nexit 4\n");
        Assert.Equal(["42"], run.Lines);
        Assert.Equal(4, run.ExitCode);
        Assert.Equal("", run.Error);
    }

    [SkippableFact]
    public void A_reader_that_goes_away_ends_the_pipeline_quietly()
    {
        Skip.If(OperatingSystem.IsWindows(), "The console of Windows does not say that a pipe is closed.");
        using ShellProcess shell = ShellProcess.Start(["-Command", "$i = 0; while ($true) { $i++; $i }"]);
        Assert.Equal("1", shell.Output.ReadLine());
        shell.Output.Close();
        Assert.Equal(141, shell.WaitForExit());
        Assert.Equal("", shell.ErrorText());
    }

    [Theory]
    [InlineData("function f { param([Parameter(Mandatory)]$Path) $Path }; f", "Path")]
    [InlineData("$Host.UI.PromptForChoice('', 'sure?', @('&Yes', '&No'), 0)", "-NonInteractive")]
    [InlineData("$Host.UI.ReadLine()", "-NonInteractive")]
    public void A_question_under_NonInteractive_is_an_error_that_names_what_is_missing(string command, string named)
    {
        ShellRun run = ShellProcess.RunWithInput("answer\n", "-NonInteractive", "-Command", command);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void A_missing_parameter_is_asked_for_and_read_from_standard_input()
    {
        ShellRun run = ShellProcess.RunWithInput("answer\n", "-Command", "function f { param([Parameter(Mandatory)]$Path) \"<$Path>\" }; f");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("<answer>", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_on_standard_input_run_one_after_the_other_and_may_span_lines()
    {
        ShellRun run = ShellProcess.RunWithInput("$a = 2\nif ($true) {\n$a * 3\n}\n\nexit 5\n'never'\n");
        Assert.Equal(["6"], run.Lines);
        Assert.Equal(5, run.ExitCode);
    }

    [Theory]
    [InlineData(null, "was not found")]
    [InlineData("@{ ModuleVersion = '1.0' }", "brings no command")]
    [InlineData("@{ ModuleVersion = '1.0'; NestedModules = @('gone.dll') }", "cannot be imported")]
    public void Without_the_modules_commands_the_shell_refuses_to_run(string? manifest, string reason)
    {
        string folder = Directory.CreateTempSubdirectory("tracers-shell-").FullName;
        try
        {
            Copy(ShellProcess.Folder, folder);
            if (manifest is not null)
                File.WriteAllText(Path.Combine(folder, "Tracers.psd1"), manifest);
            using ShellProcess shell = ShellProcess.Start(["-Command", "'ran'"], folder);
            ShellRun run = shell.Finish();
            Assert.Equal(1, run.ExitCode);
            Assert.Equal("", run.Output);
            Assert.Contains(reason, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
