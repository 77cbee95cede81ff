using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Export-TracerReport -Open, with programs of its own in the place of a desktop's.</summary>
public sealed class ReportOpeningTests : CommandTests
{
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public ReportOpeningTests(ModuleHost host)
        : base(host)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The desktop's opener is a program in the path on Linux only.");
        Directory.CreateDirectory(FileName("bin"));
        Environment.SetEnvironmentVariable("PATH", $"{FileName("bin")}:{_path}");
    }

    [SkippableFact]
    public void The_page_is_given_to_the_desktops_opener_with_its_full_path()
    {
        Opener("printf '%s|' \"$@\" > \"${0%/bin/*}/opened\"");
        Assert.Equal(["a 'b' $c.html"], Lines("Export-TracerReport $sample -Destination \"$folder/a 'b' `$c.html\" -Open -PassThru | ForEach-Object Name"));
        Assert.Equal(FileName("a 'b' $c.html") + "|", File.ReadAllText(FileName("opened")));
    }

    [SkippableFact]
    public void Where_there_is_no_opener_that_is_said() =>
        Assert.Equal("there is no no-such-opener here.", DesktopOpener.OpenWith("no-such-opener", Sample));

    [SkippableFact]
    public void An_opener_that_fails_is_an_error_that_says_what_to_do_and_the_page_is_written()
    {
        Opener("echo no display >&2; exit 3");
        Host.Try("Export-TracerReport $sample -Destination $folder/report.html -Open");
        Assert.Equal(["ReportNotOpened"], ShortErrorIds);
        string message = Assert.Single(Host.Errors).Exception.Message;
        Assert.Contains($"'{FileName("report.html")}' is written, and could not be opened: xdg-open has failed with 3. Open it in a browser", message, StringComparison.Ordinal);
        Assert.True(File.Exists(FileName("report.html")));
    }

    protected override void Dispose(bool disposing)
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        base.Dispose(disposing);
    }

    private void Opener(string script)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(FileName("bin/xdg-open"), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(FileName("bin/xdg-open"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
