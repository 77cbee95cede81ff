using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class ModuleHostTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    [Fact]
    public void The_imported_module_has_the_very_types_of_the_tests()
    {
        Assert.Single(host.Run("Get-Module Tracers"));
        host.SetVariable("d", Duration.FromNanoseconds(5));
        Assert.Equal(true, host.Run("$d -is [Tracers.Duration]").Single().BaseObject);
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == "Tracers");
    }

    [Fact]
    public void Run_fails_when_the_script_writes_an_error_and_Try_keeps_it()
    {
        Assert.Throws<InvalidOperationException>(() => host.Run("1; Get-ProbeCapture -LiteralPath /nothere.scap"));
        Assert.Equal(1, host.Try("1; throw 'it'").Single().BaseObject);
        Assert.Equal(["it"], host.ErrorIds);
    }

    [Fact]
    public void Text_is_what_a_console_shows()
    {
        string text = host.Text("[pscustomobject]@{ First = 1; Second = 'two' }");
        Assert.Equal(["First Second", "----- ------", "1 two"], Squeeze(text));
    }

    [Fact]
    public void Warnings_verbose_messages_and_progress_are_kept()
    {
        host.Run("$PSCmdlet = $null; function f { [CmdletBinding()] param() $PSCmdlet.WriteWarning('w'); $PSCmdlet.WriteVerbose('v'); "
            + "$PSCmdlet.WriteProgress([Management.Automation.ProgressRecord]::new(1, 'a', 's')) } f -Verbose");
        Assert.Equal(["w"], host.Warnings);
        Assert.Equal(["v"], host.Verbose);
        Assert.Equal("a", Assert.Single(host.Progress).Activity);
    }

    [Fact]
    public void Tab_completes_parameters() =>
        Assert.Contains(host.Complete("Get-ProbeDuration -Min"), match => match.CompletionText == "-MinDuration");

    private static IEnumerable<string> Squeeze(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
