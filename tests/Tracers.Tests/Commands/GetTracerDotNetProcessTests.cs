using System.Management.Automation;
using Tracers.Tests.DotNet;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class GetTracerDotNetProcessTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void A_process_is_found_by_its_id_and_by_a_pattern_of_its_name()
    {
        using DotNetService service = DotNetService.Start();
        PSObject found = Assert.Single(Host.Run($"Get-TracerDotNetProcess -Id {service.Pid}"));
        Assert.Equal($"{service.Pid} dotnet Tracers.TestService {Environment.Version.ToString(3)} True null", Values(found, "Id", "Name", "Application", "Version", "IsReachable", "Problem"));
        Assert.Contains($"{service.Pid}", Lines("Get-TracerDotNetProcess dot* | ForEach-Object Id"));
        Assert.Contains($"{service.Pid}", Lines("Get-TracerDotNetProcess Tracers.TestService | ForEach-Object Id"));
        Assert.Empty(Host.Run($"Get-TracerDotNetProcess nothing* -Id {service.Pid}"));
        string text = Host.Text($"Get-TracerDotNetProcess -Id {service.Pid}");
        Assert.Contains("Id Name            Application          Version    User         IsReachable Command or problem", text, StringComparison.Ordinal);
        Assert.Contains("dotnet exec ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_found_is_an_error_each()
    {
        Host.Try("Get-TracerDotNetProcess nothing, more -Id 1");
        Assert.Equal(["DotNetProcessNotFound", "DotNetProcessNotFound", "DotNetProcessNotFound"], ShortErrorIds);
        Assert.All(Host.Errors, e => Assert.Equal(ErrorCategory.ObjectNotFound, e.CategoryInfo.Category));
    }

    [Fact]
    public void Tab_offers_ids_and_names()
    {
        using DotNetService service = DotNetService.Start();
        CompletionResult id = Assert.Single(Host.Complete($"Get-TracerDotNetProcess -Id {service.Pid}"), c => c.CompletionText == $"{service.Pid}");
        Assert.StartsWith("dotnet: dotnet exec ", id.ToolTip, StringComparison.Ordinal);
        Assert.Contains("dotnet", Host.Complete("Get-TracerDotNetProcess do").Select(c => c.CompletionText));
    }
}
