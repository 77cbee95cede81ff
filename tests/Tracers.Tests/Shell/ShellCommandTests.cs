using Xunit;

namespace Tracers.Tests.Shell;

public sealed class ShellCommandTests
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("Nope-Nope", 1)]
    [InlineData("Nope-Nope; 1", 0)]
    [InlineData("1; exit 3", 3)]
    [InlineData("throw 'boom'", 1)]
    [InlineData("1 +", 1)]
    public void The_exit_code_of_a_command_is_that_of_its_last_statement_or_of_exit(string command, int expected) =>
        Assert.Equal(expected, ShellProcess.Run("-Command", command).ExitCode);

    [Fact]
    public void Output_goes_to_standard_output_and_errors_to_standard_error()
    {
        ShellRun run = ShellProcess.Run("-Command", "'kept'; Nope-Nope; throw 'boom'");
        Assert.Equal("kept", Assert.Single(run.Lines));
        Assert.Contains("Nope-Nope: The term 'Nope-Nope' is not recognized", run.Error, StringComparison.Ordinal);
        Assert.Contains("Exception: boom", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_does_not_parse_says_where_and_why()
    {
        ShellRun run = ShellProcess.Run("-Command", "1 +");
        Assert.Contains("ParserError", run.Error, StringComparison.Ordinal);
        Assert.Contains("You must provide a value expression", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_after_Command_are_one_command() =>
        Assert.Equal(["3"], ShellProcess.Run("-c", "1", "+", "2").Lines);

    [Fact]
    public void A_dash_after_Command_reads_the_commands_from_standard_input()
    {
        ShellRun run = ShellProcess.RunWithInput("$a = 4\n$a + 1\nexit 6\n", "-Command", "-");
        Assert.Equal(["5"], run.Lines);
        Assert.Equal(6, run.ExitCode);
    }

    [Fact]
    public void Redirected_output_has_no_escape_codes_and_is_120_columns_wide()
    {
        ShellRun run = ShellProcess.Run("-Command", "\"`e[31mred`e[0m\"; Get-Module; $Host.UI.RawUI.WindowSize.Width; throw 'boom'");
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.Contains("red", run.Lines);
        Assert.Contains("120", run.Lines);
    }

    [Fact]
    public void Escape_codes_stay_when_the_session_asks_for_them() =>
        Assert.Contains("\u001b[31mred", ShellProcess.Run("-Command", "$PSStyle.OutputRendering = 'Ansi'; \"`e[31mred`e[0m\"").Output, StringComparison.Ordinal);

    [Fact]
    public void Warnings_and_verbose_text_carry_the_prefixes_of_pwsh()
    {
        const string Script = "function f { [CmdletBinding()] param() $PSCmdlet.WriteWarning('w'); $PSCmdlet.WriteVerbose('v') }; f -Verbose";
        Assert.Equal(["WARNING: w", "VERBOSE: v"], ShellProcess.Run("-Command", Script).Lines);
    }

    [Fact]
    public void Progress_is_not_written_to_a_file_or_a_pipe()
    {
        const string Script =
            "function f { [CmdletBinding()] param() $PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'Reading', 'x')); 'done' }; f";
        ShellRun run = ShellProcess.Run("-Command", Script);
        Assert.Equal(["done"], run.Lines);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void The_note_about_commands_that_come_with_PowerShell_is_written_once_beside_the_errors()
    {
        ShellRun run = ShellProcess.Run("-Command", "1 | Sort-Object; 1 | Group-Object; 2");
        Assert.Single(run.Error.Split('\n'), l => l.Contains("come with PowerShell 7.6", StringComparison.Ordinal));
        Assert.Contains("Sort-Object: The term", run.Error, StringComparison.Ordinal);
        Assert.Contains("Group-Object: The term", run.Error, StringComparison.Ordinal);
        Assert.Equal(["2"], run.Lines);
    }

    [Fact]
    public void An_unknown_command_gets_no_note_about_PowerShell() =>
        Assert.DoesNotContain("come with PowerShell", ShellProcess.Run("-Command", "Nope-Nope").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("-Bogus")]
    [InlineData("-Command")]
    [InlineData("-File")]
    public void A_wrong_command_line_ends_with_64_and_says_what_is_wrong(string argument)
    {
        ShellRun run = ShellProcess.Run(argument);
        Assert.Equal(64, run.ExitCode);
        Assert.Contains(argument, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }
}
