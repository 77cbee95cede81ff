using System.IO.Compression;
using Tracers.Demo;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Demo;

public class ScriptedServiceTests
{
    private static readonly string s_committed = Repository.PathOf("src/Tracers.Demo/demo.scap");

    [Fact]
    public void The_script_still_makes_the_committed_capture()
    {
        MemoryStream output = new();
        long events = ScriptedService.Write(output);
        Assert.InRange(events, 5_000, 10_000);
        Assert.True(
            File.ReadAllBytes(s_committed).AsSpan().SequenceEqual(output.ToArray()),
            "The script makes another capture than the committed one. If that is intended: "
            + "dotnet run --project src/Tracers.Demo -- src/Tracers.Demo/demo.scap");
    }

    [Fact]
    public void The_compressed_capture_holds_the_same_bytes()
    {
        MemoryStream output = new();
        ScriptedService.Write(output, compress: true);
        output.Position = 0;
        MemoryStream inflated = new();
        using GZipStream gzip = new(output, CompressionMode.Decompress);
        gzip.CopyTo(inflated);
        Assert.Equal(File.ReadAllBytes(s_committed), inflated.ToArray());
        Assert.True(output.Length < 100_000);
    }

    [SkippableFact]
    public void Sysdig_reads_the_plain_and_the_compressed_capture_alike()
    {
        using TempFile file = new();
        using (FileStream stream = File.Create(file.Path)) ScriptedService.Write(stream, compress: true);
        Assert.Equal(Sysdig.Read(s_committed), Sysdig.Read(file.Path));
    }

    [SkippableFact]
    public void The_slow_spans_are_downloads()
    {
        string[] slow = Lines(Sysdig.Read(s_committed, "-p", "%span.tags", "span.duration>500000000"));
        Assert.Equal(16, slow.Length);
        Assert.Equal(8, slow.Count(tags => tags == "download_handler"));
        Assert.Equal(8, slow.Count(tags => tags == "download_handler.download_write"));
    }

    [SkippableFact]
    public void The_bytes_are_in_the_innermost_span_of_the_downloads()
    {
        string[] rows = Lines(Sysdig.Read(s_committed, "-c", "fdbytes_by", "evtin.span.tags"));
        Assert.Matches(@"^\d+\.\d\dM +download_handler\.download_write", rows[2]);
        Assert.Equal(7, rows.Length);
        Assert.DoesNotContain("M ", rows[3], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_heavy_file_of_the_downloads_is_the_blob_although_the_backup_moves_more()
    {
        string all = Sysdig.Read(s_committed, "-c", "fdbytes_by", "fd.name", "fd.type=file");
        Assert.Contains("/var/", Lines(all)[2], StringComparison.Ordinal);
        string[] rows = Lines(Sysdig.Read(
            s_committed, "-c", "fdbytes_by", "fd.name", "fd.type=file and evtin.span.tag[0]=download_handler and fd.name!=/dev/pts/0"));
        Assert.EndsWith("M              /srv/www/blob.bin", Assert.Single(rows[2..]).TrimEnd(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void One_request_never_closes_its_spans()
    {
        string[] markers = Lines(Sysdig.Read(s_committed, "-p", "%evt.dir%span.id %span.tags", "evt.type=tracer"));
        List<string> open = [];
        foreach (string marker in markers)
        {
            if (marker[0] == '>') open.Add(marker[1..]);
            else Assert.True(open.Remove(marker[1..]), marker);
            Assert.True(open.Count < 100, "too many spans at once for sysdig's pool");
        }

        Assert.Equal(2, open.Count);
        Assert.EndsWith(" download_handler", open[0], StringComparison.Ordinal);
        Assert.EndsWith(" download_handler.download_write", open[1], StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
