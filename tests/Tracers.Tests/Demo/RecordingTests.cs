using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tracers.Tests.Commands;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Demo;

/// <summary>The demo's recording in the repository, which this project made: what it holds, and that sysdig 0.29.3 says the same.</summary>
public sealed class RecordingTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void It_is_a_few_hundred_KB_complete_and_lost_nothing()
    {
        Assert.Equal("demo True 0 0 0 True", Values(
            Host.Run("Get-TracerCapture $demo").Single(), "HostName", "Compressed", "DropIntervals", "LostEvents", "BadMarkers", "Complete"));
        Assert.InRange(new FileInfo(Demo).Length, 100_000, 700_000);
    }

    [Fact]
    public void It_knows_of_the_service_and_of_nothing_else_of_the_machine_that_made_it()
    {
        Assert.Single(Lines("Get-TracerEvent $demo | ForEach-Object ProcessId").Distinct());
        using FileStream file = File.OpenRead(Demo);
        using GZipStream inflated = new(file, CompressionMode.Decompress);
        MemoryStream bytes = new();
        inflated.CopyTo(bytes);
        string text = Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        Assert.Contains("Tracers.Demo.dll", text, StringComparison.Ordinal);
        Assert.Contains("/root", text, StringComparison.Ordinal);
        foreach (string foreign in (string[])["PATH=", "HOME=", "/home/", "/work/", "daemon", "/bash"]) Assert.DoesNotContain(foreign, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_slow_spans_are_downloads_and_each_of_them_has_its_parts_inside()
    {
        string[] slow = [.. Lines("Get-TracerSpan $demo | Where-Object Duration -gt 500ms | ForEach-Object Tag")];
        Assert.Equal(["download_handler", "download_handler.download_write"], slow.Distinct().Order());
        Assert.True(slow.Length >= 10 && slow.Count(tag => tag == "download_handler") * 2 == slow.Length);
        Assert.Equal(
            ["download_headers in download_handler", "download_write in download_handler", "empty_headers in empty_handler", "fib_calculate in fib_handler", "fib_headers in fib_handler", "fib_write in fib_handler"],
            Lines("Get-TracerSpan $demo -State Finished | Where-Object Depth -eq 1 | ForEach-Object { \"$($_.Tags[-1]) in $($_.ParentTag)\" }").Distinct().Order());
    }

    [Fact]
    public void The_bytes_of_the_downloads_are_nearly_all_of_the_largest_file_and_go_out_over_the_network()
    {
        string[][] rows = [.. Lines("Measure-TracerIO $demo -By FdName, FdType -Tag download_handler | ForEach-Object { \"$($_.FdName) $($_.FdType) $($_.Bytes)\" }")
            .Select(line => line.Split(' '))];
        Assert.EndsWith("/disk.img", rows[0][0], StringComparison.Ordinal);
        long file = Sum(rows.Where(row => row[1] == "file"));
        Assert.True(Number(rows[0]) > file * 9 / 10);

        // What a client did not want any more was read and could not be sent.
        long network = Sum(rows.Where(row => row[1] == "ipv4"));
        Assert.InRange(network, file * 9 / 10, file);
    }

    [SkippableFact]
    public void Sysdig_lists_it_line_by_line_alike()
    {
        string[] sysdig = Sysdig.Read(Demo).Split('\n')[..^1];
        string[] ours = [.. EngineListing.Read(Demo).SelectMany(e => e.Split('\n')).Select(UnnumberedCalls.AsSysdigHasIt)];
        for (int i = 0; i < Math.Min(sysdig.Length, ours.Length); i++) Assert.Equal(sysdig[i], ours[i]);
        Assert.Equal(sysdig.Length, ours.Length);
    }

    [SkippableTheory]
    [InlineData("evtin.span.tags", "SpanTag", null)]
    [InlineData("evtin.span.tags", "SpanTag", "fd.type=file")]
    [InlineData("fd.name", "FdName", "fd.type=file and evtin.span.tag[0]=download_handler")]
    public void Sysdigs_tables_are_ours(string field, string key, string? filter)
    {
        string type = filter is null ? "" : "-FdType file";
        string tag = filter is not null && filter.Contains("tag[0]", StringComparison.Ordinal) ? "-Tag download_handler" : "";
        Assert.Equal(
            SysdigTable.Read(Demo, "fdbytes_by", field, filter).Select(row => $"{row.Key} {row.Value}"),
            Lines($"Measure-TracerIO $demo -By {key} {type} {tag} | Where-Object Bytes -gt 0 | ForEach-Object {{ \"$($_.{key}) $($_.Bytes)\" }}"));
    }

    [SkippableFact]
    public void Sysdigs_slow_spans_are_ours() => Assert.Equal(
        Sysdig.Read(Demo, "-p", "%span.tags %span.duration", "span.duration>500000000").Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Lines("Get-TracerSpan $demo | Where-Object Duration -gt 500ms | ForEach-Object { \"$($_.Tag) $($_.Duration.Nanoseconds)\" }"));

    private static long Sum(IEnumerable<string[]> rows) => rows.Sum(Number);

    private static long Number(string[] row) => long.Parse(row[2], CultureInfo.InvariantCulture);
}
