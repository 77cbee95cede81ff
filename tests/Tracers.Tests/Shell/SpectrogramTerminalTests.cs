using System.Diagnostics;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Tracers.Tests.Terminals;
using Xunit;

namespace Tracers.Tests.Shell;

/// <summary>The built shell in a real terminal: what a user sees, presses and gets, and that the terminal is as it was afterwards.</summary>
public sealed class SpectrogramTerminalTests : IDisposable
{
    private const string AsItWas = "0 0 0 1";

    private static readonly string s_demo = Repository.PathOf("src/Tracers.Demo/demo.scap");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Keys_choose_a_rectangle_and_Enter_writes_its_spans()
    {
        using TmuxTerminal terminal = Start("Show-TracerSpectrogram $demo -Interactive | ForEach-Object { 'chosen ' + $_.Id }");
        string[] screen = terminal.WaitFor(static s => s.Any(static l => l.Contains("q: leave", StringComparison.Ordinal)));
        Assert.StartsWith("demo.scap: 532 spans", screen[0], StringComparison.Ordinal);
        Assert.Equal("1 1 1 0", terminal.Modes);

        // From the first cell to the lower right corner: all spans.
        terminal.Press("Home", "s", "End", "NPage", "NPage");
        screen = terminal.WaitFor(static s => s.Any(static l => l.Contains(": 532 spans", StringComparison.Ordinal) && l.Contains("1ns to 100s", StringComparison.Ordinal)));
        Assert.Contains(screen, static l => l.Contains("XXXXXXXXXX", StringComparison.Ordinal));
        terminal.Press("Enter");
        AssertEnds(terminal, "0");
        Assert.Equal(532, File.ReadAllLines(Output).Count(static l => l.StartsWith("chosen ", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void The_mouse_drags_a_rectangle_and_a_window_of_another_size_shows_the_same_spans()
    {
        using TmuxTerminal terminal = Start("Show-TracerSpectrogram $demo -Interactive | ForEach-Object { 'chosen ' + $_.Tag }");
        terminal.WaitFor(static s => s.Any(static l => l.Contains("q: leave", StringComparison.Ordinal)));
        terminal.Type("\u001b[<0;14;2M\u001b[<32;40;3M\u001b[<32;100;5M\u001b[<0;100;5m");
        string[] screen = terminal.WaitFor(static s => s.Any(static l => l.Contains("1ns to 100s", StringComparison.Ordinal)));
        string count = Count(screen);
        terminal.Resize(70, 15);
        screen = terminal.WaitFor(static s => s.Any(static l => l.StartsWith("Enter: take spans  q: leave", StringComparison.Ordinal) && l.EndsWith('…')));
        Assert.Equal(count, Count(screen));
        Assert.Equal(15, screen.TakeWhile(static l => l.Length > 0).Count());
        terminal.Resize(150, 40);
        screen = terminal.WaitFor(static s => s.Any(static l => l.EndsWith("mouse: drag", StringComparison.Ordinal)));
        Assert.Equal(count, Count(screen));
        terminal.Press("Enter");
        AssertEnds(terminal, "0");
        Assert.Equal(count, $"{File.ReadAllLines(Output).Count(static l => l.StartsWith("chosen ", StringComparison.Ordinal))} spans");
    }

    [SkippableTheory]
    [InlineData("q", "0")]
    [InlineData("Escape", "0")]
    [InlineData("C-c", "130")]
    [InlineData("C-\\", "131")]
    public void Leaving_writes_nothing_and_gives_the_terminal_back(string key, string exitCode)
    {
        using TmuxTerminal terminal = Start("Show-TracerSpectrogram $demo -Interactive | ForEach-Object { 'chosen ' + $_.Id }");
        terminal.WaitFor(static s => s.Any(static l => l.Contains("q: leave", StringComparison.Ordinal)));
        terminal.Press(key);
        AssertEnds(terminal, exitCode);
        Assert.Equal("", File.Exists(Output) ? File.ReadAllText(Output) : "");
    }

    [SkippableTheory]
    [InlineData("TERM", "143")]
    [InlineData("HUP", "129")]
    public void A_signal_that_ends_the_process_gives_the_terminal_back(string signal, string exitCode)
    {
        using TmuxTerminal terminal = Start("[IO.File]::WriteAllText($pidFile, $PID); Show-TracerSpectrogram $demo -Interactive");
        terminal.WaitFor(static s => s.Any(static l => l.Contains("q: leave", StringComparison.Ordinal)));
        using (Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {File.ReadAllText(Output + ".pid")}"]))
            kill.WaitForExit();
        AssertEnds(terminal, exitCode);
    }

    [SkippableFact]
    public void Ctrl_Z_does_not_leave_the_prompt_on_the_picture()
    {
        using TmuxTerminal terminal = Start("Show-TracerSpectrogram $demo -Interactive");
        terminal.WaitFor(static s => s.Any(static l => l.Contains("q: leave", StringComparison.Ordinal)));
        terminal.Press("C-z");
        terminal.Press("s");
        terminal.WaitFor(static s => s.Any(static l => l.Contains("s: undo", StringComparison.Ordinal)));
        terminal.Press("q");
        AssertEnds(terminal, "0");
    }

    [SkippableTheory]
    [InlineData("NO_COLOR=1", "")]
    [InlineData("NO_COLOR=", "$PSStyle.OutputRendering = 'PlainText'; ")]
    public void Without_colours_one_can_choose_as_well(string environment, string before)
    {
        using TmuxTerminal terminal = Start($"{before}Show-TracerSpectrogram $demo -Interactive | ForEach-Object {{ 'chosen ' + $_.Id }}; 'rendering ' + $PSStyle.OutputRendering", environment);
        terminal.WaitFor(static s => s.Any(static l => l.Contains("q: leave", StringComparison.Ordinal)));
        Assert.DoesNotContain(terminal.ColoredScreen, static l => l.Contains("48;5;", StringComparison.Ordinal));
        terminal.Press("Enter");
        AssertEnds(terminal, "0");
        string[] output = File.ReadAllLines(Output);
        Assert.Contains(output, static l => l.StartsWith("chosen ", StringComparison.Ordinal));
        Assert.Equal("rendering PlainText", output[^1]);
    }

    [SkippableFact]
    public void Of_a_picture_of_calls_their_returns_are_written()
    {
        using TmuxTerminal terminal = Start("Show-TracerSpectrogram $demo -Metric Latency -Filter 'evt.type = pread' -Interactive | ForEach-Object { 'chosen ' + $_.Type + $_.Direction }");
        terminal.WaitFor(static s => s.Any(static l => l.Contains("q: leave", StringComparison.Ordinal)));
        terminal.Press("Home", "s", "End", "NPage", "NPage");
        string count = Count(terminal.WaitFor(static s => s.Any(static l => l.Contains("1ns to 100s", StringComparison.Ordinal))));
        terminal.Press("Enter");
        AssertEnds(terminal, "0");
        string[] output = File.ReadAllLines(Output);
        Assert.Equal("4454 calls", count.Replace(",", "", StringComparison.Ordinal));
        Assert.Equal(4454, output.Count(static l => l == "chosen pread<"));
    }

    [SkippableTheory]
    [InlineData("TERM=dumb", "", "")]
    [InlineData("A=b", " < /dev/null", "")]
    [InlineData("A=b", "", "-NonInteractive")]
    public void Where_one_can_see_or_press_nothing_it_is_an_error(string environment, string redirection, string option)
    {
        using TmuxTerminal terminal = Start("try { Show-TracerSpectrogram $demo -Interactive } catch { $_.FullyQualifiedErrorId }", environment, redirection, option);
        AssertEnds(terminal, "0");
        Assert.Equal("NotATerminal,Tracers.Commands.ShowTracerSpectrogramCommand", File.ReadAllText(Output).Trim());
    }

    [SkippableFact]
    public void A_picture_in_a_terminal_has_csysdigs_solid_cells_and_without_colours_characters()
    {
        using (TmuxTerminal terminal = Start("Show-TracerSpectrogram $demo"))
        {
            string[] screen = terminal.WaitForColored(static s => s.Any(static l => l.Contains("end of test", StringComparison.Ordinal)));
            Assert.True(screen.SelectMany(ColoredCells.Of).Count(static c => c is 28 or 64 or 34) > 100);
        }

        foreach (string environment in (string[])["NO_COLOR=1", "TERM=dumb"])
        {
            using TmuxTerminal terminal = Start("Show-TracerSpectrogram $demo", environment);
            string[] screen = terminal.WaitForColored(static s => s.Any(static l => l.Contains("end of test", StringComparison.Ordinal)));
            Assert.DoesNotContain(screen, static l => l.Contains('\u001b', StringComparison.Ordinal));
            Assert.Contains(screen, static l => l.Contains(":; ::;~~", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("$PSStyle.OutputRendering = 'Host'; ", false)]
    [InlineData("$PSStyle.OutputRendering = 'PlainText'; ", false)]
    [InlineData("$PSStyle.OutputRendering = 'Ansi'; ", true)]
    public void Redirected_it_is_plain_unless_the_user_says_otherwise(string before, bool colored)
    {
        string output = ShellProcess.Run("-Command", $"{before}Show-TracerSpectrogram '{s_demo}' -Width 99").Output;
        Assert.Equal(colored, output.Contains('\u001b', StringComparison.Ordinal));
        Assert.Equal(!colored, output.Contains(":; ::;~~", StringComparison.Ordinal));
        Assert.Contains("spans in a cell:", output, StringComparison.Ordinal);
    }

    private string Output => Path.Join(_folder.FullName, "output.txt");

    private string Before => Path.Join(_folder.FullName, "before.txt");

    private string After => Path.Join(_folder.FullName, "after.txt");

    // What is written to the pipeline goes to a file by the script itself: standard output stays the terminal.
    private TmuxTerminal Start(string script, string environment = "A=b", string redirection = "", string option = "")
    {
        File.WriteAllText(
            Path.Join(_folder.FullName, "script.ps1"),
            $"$demo = '{s_demo}'; $pidFile = '{Output}.pid'; $output = @(& {{ {script} }}); if ($output[0] -is [Tracers.TracerPicture]) {{ $output }} else {{ [IO.File]::WriteAllLines('{Output}', [string[]]$output) }}");
        File.WriteAllText(
            Path.Join(_folder.FullName, "run.sh"),
            $"stty -a > '{Before}'\nenv {environment} dotnet '{Path.Combine(ShellProcess.Folder, "Tracers.Shell.dll")}' {option} -File '{_folder.FullName}/script.ps1'{redirection}\necho \"end of test: $?\"\nstty -a > '{After}'\ncat\n");
        return new TmuxTerminal(100, 30, $"exec bash '{_folder.FullName}/run.sh'");
    }

    private void AssertEnds(TmuxTerminal terminal, string exitCode)
    {
        terminal.WaitFor(static s => s.Any(static l => l.StartsWith("end of test: ", StringComparison.Ordinal)));
        terminal.WaitFor(_ => File.Exists(After) && File.ReadAllText(After).EndsWith('\n'));
        Assert.Contains($"end of test: {exitCode}", terminal.Screen);
        Assert.Equal(AsItWas, terminal.Modes);

        // But for the window's size, which a test may have changed.
        Assert.Equal(File.ReadAllLines(Before)[1..], File.ReadAllLines(After)[1..]);
    }

    // Of the line that says what is chosen.
    private static string Count(string[] screen) =>
        screen.Last(static l => l.Contains(" to ", StringComparison.Ordinal) && l.Contains(": ", StringComparison.Ordinal) && !l.StartsWith("Enter: ", StringComparison.Ordinal)).Split(": ")[^1];
}
