using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class TourTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void The_tour_goes_from_the_slow_downloads_to_the_heavy_file()
    {
        Host.SetVariable("tour", Repository.PathOf("src/Tracers.Demo/tour.ps1"));
        string text = Host.Text("& $tour");
        Assert.Empty(Host.Errors);
        string[] lines = text.Split('\n');
        Assert.DoesNotContain(lines, line => line.Length > 120);
        Assert.Contains("PS> Get-TracerSpan -Path $Path | Where-Object Duration -gt 500ms", lines);
        Assert.Equal(8, lines.Count(line => line.StartsWith("download_handler ", StringComparison.Ordinal) && line.Contains(" Finished ", StringComparison.Ordinal)));
        Assert.Matches(@"^/srv/www/blob\.bin +203 +11\.8 MB", lines.SkipWhile(line => !line.StartsWith("FdName", StringComparison.Ordinal)).ElementAt(2));
        Assert.DoesNotContain("/var/lib/mysql", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tour_takes_another_capture()
    {
        Host.SetVariable("tour", Repository.PathOf("src/Tracers.Demo/tour.ps1"));
        string text = Host.Text("& $tour -Path $sample");
        Assert.Empty(Host.Errors);
        Assert.Contains(Sample, text, StringComparison.Ordinal);
    }
}
