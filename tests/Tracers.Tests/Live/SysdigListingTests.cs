using System.Globalization;
using Tracers.Engine.Analysis;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>sysdig 0.29.3 opens what is recorded here, and what it lists and sums up is what we do.</summary>
[Collection(LiveCollection.Name)]
public sealed class SysdigListingTests(WorkloadProgram program) : IDisposable
{
    // Of the machine's other processes a race may show that README knows of: then once more. What stays is no race.
    private const int Attempts = 3;
    private static readonly string[] s_ownNames = ["workload", "workload32", "sh", "cat", "tr", "wc", "true"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("files 200")]
    [InlineData("attributes")]
    [InlineData("processes")]
    [InlineData("brief 300")]
    [InlineData("sockets")]
    [InlineData("transfers")]
    [InlineData("failures")]
    [InlineData("threads")]
    [InlineData("descriptors")]
    [InlineData("directories")]
    [InlineData("spans")]
    [InlineData("marks")]
    [InlineData("files 20", true)]
    [InlineData("attributes", true)]
    [InlineData("processes", true)]
    [InlineData("sockets", true)]
    [InlineData("transfers", true)]
    [InlineData("failures", true)]
    [InlineData("threads", true)]
    [InlineData("descriptors", true)]
    [InlineData("directories", true)]
    public void The_whole_machines_listing_is_sysdigs_line_for_line(string workload, bool compat = false)
    {
        string path = program.PathOf(compat);
        for (int attempt = 1; ; attempt++)
        {
            int pid = 0;
            using LiveRecording recording = LiveRecording.Of(() => pid = WorkloadProcess.Run(path, _folder.FullName, workload.Split(' ')));
            Assert.True(recording.Of(pid).Count() > 50, string.Create(CultureInfo.InvariantCulture, $"{recording.Of(pid).Count()} events of process {pid}"));
            (List<string> own, List<string> others) = ListingComparison.Differences(recording.Path, s_ownNames);
            Assert.True(own.Count == 0, string.Join('\n', own.Take(20)));
            if (others.Count == 0)
                return;
            Assert.True(attempt < Attempts, string.Join('\n', others.Take(20)));
        }
    }

    [SkippableFact]
    public void Bytes_by_innermost_span_are_sysdigs_but_for_calls_that_only_we_count()
    {
        string path = program.PathOf(compat: false);
        using LiveRecording recording = LiveRecording.Of(() => WorkloadProcess.Run(path, _folder.FullName, "spans"));
        Dictionary<string, long> sysdig = SysdigTable.Read(recording.Path, "fdbytes_by", "evtin.span.tags").ToDictionary();
        Assert.Equal(20 * (500 + 40), sysdig["request"]);
        Assert.Equal(20 * (300 + 300), sysdig["request.send"]);
        Assert.Equal(
            sysdig.OrderBy(r => r.Key),
            EngineTable.ReadWhatSysdigCounts(recording.Path, new IoQuery { Keys = [IoKey.SpanTag] }, t => t.Bytes, tags => tags).OrderBy(r => r.Key));

        // sendfile reads the one side and writes the other.
        Assert.Equal(20 * (300 + 300 + 70 + 70), recording.BytesByTag()["request.send"]);
    }
}
