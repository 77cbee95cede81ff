using System.Diagnostics;
using Tracers.Tests.Commands;
using Tracers.Tests.Engine.Scap;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Shell;

/// <summary>Captures on standard input, as processes of their own read them.</summary>
public sealed class StandardInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _sample;

    public StandardInputTests() => _sample = File.ReadAllBytes(SampleCapture.Write(Path.Join(_folder.FullName, "sample.scap")));

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("(Get-TracerSpan -Path -).Count", "9")]
    [InlineData("(Get-TracerEvent -).Count", "32")]
    [InlineData("(Measure-TracerIO - -By SpanTag -Tag *.read).Bytes", "1000")]
    [InlineData("$c = Get-TracerCapture -; \"$($c.Path) $($c.Events) $($c.Complete)\"", "- 47 True")]
    [InlineData("('-' | Get-TracerSpan)[0].Path", "-")]
    [InlineData("(Get-TracerSpan /dev/stdin).Count", "9")]
    public void Minus_is_standard_input_plain_or_compressed(string command, string expected)
    {
        Skip.If(command.Contains("/dev/stdin", StringComparison.Ordinal) && !OperatingSystem.IsLinux(), "Only Linux has this path.");
        Assert.Equal([expected], Run(_sample, command).Lines);
        Assert.Equal([expected], Run(GzipReadingTests.Compress(_sample), command).Lines);
    }

    [Fact]
    public void A_second_reading_of_standard_input_is_one_error()
    {
        foreach (string command in (string[])["(Get-TracerSpan -, -).Count", "(Get-TracerSpan - -State Orphan).Count; Get-TracerSpan -", "(Get-TracerEvent - -First 9).Count; Measure-TracerIO -"])
        {
            ShellRun run = Run(_sample, command);
            Assert.Single(run.Lines);
            Assert.Contains("Standard input was read before", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Standard_input_is_not_the_capture_that_is_read_again()
    {
        ShellRun run = Run(_sample, "(Get-TracerSpan -).Count; Measure-TracerIO");
        Assert.Equal(["9"], run.Lines);
        Assert.Contains("No capture has been read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_ends_in_the_middle_gives_what_is_whole_and_one_error()
    {
        ShellRun run = Run(_sample.AsSpan(0, _sample.Length - 12), "(Get-TracerEvent -).Count");
        Assert.Equal(["31"], run.Lines);
        Assert.Contains("'-' is cut off at byte", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_standard_input_is_one_error() =>
        Assert.Contains("'-' is empty", Run([], "Get-TracerSpan -").Error, StringComparison.Ordinal);

    // What a script reads, it leaves to nobody else; what it does not read is the command's.
    [Fact]
    public void The_shell_itself_does_not_touch_standard_input()
    {
        string script = Path.Join(_folder.FullName, "count.ps1");
        File.WriteAllText(script, "(Get-TracerSpan -Path -).Count");
        using ShellProcess shell = ShellProcess.Start(["-File", script]);
        shell.Enter(_sample);
        Assert.Equal(["9"], shell.Finish().Lines);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(100)]
    public void Ctrl_C_ends_the_waiting_for_a_silent_standard_input_at_once(int bytes)
    {
        Skip.If(OperatingSystem.IsWindows(), "There are no signals to send on Windows.");
        using ShellProcess shell = ShellProcess.Start(["-Command", "'ready'; Get-TracerSpan -Path -"]);
        Assert.Equal("ready", shell.ReadLine());
        shell.Enter(_sample.AsSpan(0, bytes));
        Thread.Sleep(300);
        long begin = Stopwatch.GetTimestamp();
        shell.Signal("INT");
        Assert.Equal(130, shell.WaitForExit());
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal("", shell.ErrorText());
    }

    private static ShellRun Run(ReadOnlySpan<byte> input, string command)
    {
        using ShellProcess shell = ShellProcess.Start(["-Command", command]);
        shell.Enter(input);
        return shell.Finish();
    }
}
