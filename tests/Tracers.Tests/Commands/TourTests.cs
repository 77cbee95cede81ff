using System.Diagnostics;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Tracers.Tests.Shell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class TourTests(ModuleHost host) : CommandTests(host)
{
    private static readonly string s_tour = Repository.PathOf("src/Tracers.Demo/tour.ps1");

    [Fact]
    public void The_tour_goes_from_the_slow_downloads_to_the_heavy_file()
    {
        Host.SetVariable("tour", s_tour);
        string text = Host.Text("& $tour -Path $demo");
        Assert.Empty(Host.Errors);
        AssertIsTheTour(text, "True");
        Assert.Contains(Demo, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tour_takes_another_capture()
    {
        Host.SetVariable("tour", s_tour);
        string text = Host.Text("& $tour -Path $sample");
        Assert.Empty(Host.Errors);
        Assert.Contains(Sample, text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void With_the_right_to_record_the_tour_is_of_what_happens_now()
    {
        LiveMachine.Require();
        ShellRun run = ShellProcess.Run("-File", s_tour, "-Seconds", "3");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("", run.Error);
        Assert.Contains("Recording for 3 seconds", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Demo, run.Output, StringComparison.Ordinal);
        AssertIsTheTour(run.Output, "(True|False)");
        Assert.Contains(Path.GetFileName(run.Output.Split('\n').Single(line => line.Contains(" serves ", StringComparison.Ordinal)).Split(' ')[^1]), run.Output.Split("Which files")[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Without_the_right_to_record_the_tour_says_so_and_takes_the_recording_in_the_repository()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "rights of Linux");
        Skip.If(Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv"), "no setpriv to give rights up with");
        string[] shell = ["dotnet", Path.Join(ShellProcess.Folder, "Tracers.Shell.dll"), "-File", s_tour];
        using Process run = Process.Start(new ProcessStartInfo(
            Environment.IsPrivilegedProcess ? "setpriv" : "env",
            Environment.IsPrivilegedProcess ? ["--bounding-set=-all", "--inh-caps=-all", .. shell] : shell) { RedirectStandardOutput = true })!;
        string text = run.StandardOutput.ReadToEnd();
        Assert.StartsWith("Nothing is recorded here: ", text, StringComparison.Ordinal);
        Assert.Contains("What follows is a recording of the demo service from another machine.", text, StringComparison.Ordinal);
        AssertIsTheTour(text, "True");
    }

    // The whole machine is recorded: it may be so busy that events are lost, which is told by a warning.
    private static void AssertIsTheTour(string text, string complete)
    {
        string[] lines = [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
        Assert.Matches($@"\nComplete +: {complete}\r?\n", text);
        Assert.Contains("PS> Get-TracerSpan -Path $Path | Where-Object Duration -gt 500ms", lines);
        Assert.Matches(@"\ndownload_handler +\d+(\.\d+)?(s|ms) \d\d:\d\d:\d\d\.\d{9} Finished ", text);
        Assert.Matches(@"\n +\|1ns +\|10ns [^\n]+\|10s\r?\nspans in a cell: ", text);
        Assert.Matches(@"\n download_write +.*#{20,} ", text);
        string[] files = [.. lines.SkipWhile(line => !line.StartsWith("FdName ", StringComparison.Ordinal)).Skip(2)];
        Assert.Matches(@"^/.*/disk\.img +\d+ +[\d.]+ [GM]B", files[0]);
        Assert.Contains(files, line => line.Contains("/song.flac ", StringComparison.Ordinal));
        Assert.DoesNotContain(
            lines.SkipWhile(line => !line.StartsWith("PS>", StringComparison.Ordinal)),
            line => line.Length > 120 && !line.StartsWith("WARNING: ", StringComparison.Ordinal));
    }
}
