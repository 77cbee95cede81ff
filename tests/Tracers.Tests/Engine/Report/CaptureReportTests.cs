using Tracers.Engine.Report;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Report;

/// <summary>A report of a capture, from its bytes to the data in the page.</summary>
public sealed class CaptureReportTests
{
    private const int Requests = 1200;

    [Fact]
    public void Of_more_spans_than_are_shown_the_slowest_traces_are_whole_with_their_calls()
    {
        // Each request has a span inside with three reads; request n takes n milliseconds more than the least.
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < Requests; i++)
        {
            capture.Write(100, 3, $">:{i}:request:n={i}:").Write(100, 3, $">:{i}:request.db::");
            capture.Read(100, 4, 100).Read(100, 4, 200).Read(100, 4, -2);
            capture.Write(100, 3, $"<:{i}:request.db::");
            capture.Now += i * 1_000_000L;
            capture.Write(100, 3, $"<:{i}:request::");
        }

        Pages.ReportData report = Export(capture, new ReportQuery { MaximumSpans = 1000 });
        Assert.Equal((1000L, 2L * Requests), (report.Limit("spans", "shown"), report.Limit("spans", "total")));
        Assert.Equal([Requests, Requests], report.Column("tags", "count"));

        // Calls of a request whose inner span is not shown are its own.
        Assert.Equal(400, report.Limit("spans", "longest"));
        Assert.Equal((250L, 3L * 250, 3L * 250), (report.Limit("calls", "traces"), report.Limit("calls", "total"), report.Limit("calls", "shown")));
        string[] tags = report.Texts("spans", "tag");
        long[] parents = report.Column("spans", "parent");
        long slowest = Array.IndexOf(report.Texts("spans", "args"), $"n={Requests - 1}");
        Assert.Equal("request.db", tags[Array.IndexOf(parents, slowest)]);
        Assert.Equal(
            ["100 ", "200 ", "-1 ENOENT"],
            report.Rows("calls", "bytes", "$error").Where((_, i) => parents[report.Column("calls", "span")[i]] == slowest));
    }

    [Fact]
    public void Of_a_trace_with_many_calls_the_longest_are_shown()
    {
        const int Calls = 5000;
        CaptureBuilder capture = CaptureBuilder.Typical();
        capture.Write(100, 3, ">:1:batch::");
        for (int i = 0; i < Calls; i++)
        {
            capture.Event(100, 6, 4L, 10u);
            capture.Now += (i * 7919) % Calls * 1000L;
            capture.Event(100, 7, 10L, Array.Empty<byte>());
        }

        capture.Write(100, 3, "<:1:batch::");
        Pages.ReportData report = Export(capture, new ReportQuery());
        Assert.Equal((2000L, 5000L, 2000L), (report.Limit("calls", "shown"), report.Limit("calls", "total"), report.Limit("calls", "perTrace")));
        Assert.Equal(Enumerable.Range(Calls - 2000, 2000).Select(n => 1000L + (n * 1000L)), report.Column("calls", "latency").Order());
        long[] starts = report.Column("calls", "start");
        Assert.Equal(starts.Order(), starts);
    }

    [Fact]
    public void Traces_share_the_room_for_calls_and_none_has_less_than_it_would_have_beside_many()
    {
        const int Traces = 40;
        const int Calls = 2000;
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int trace = 0; trace < Traces; trace++)
        {
            capture.Write(100, 3, $">:{trace}:a::");
            for (int i = 0; i < Calls; i++)
            {
                capture.Event(100, 6, 4L, 10u);
                capture.Now += (i * 7919) % Calls * 1000L;
                capture.Event(100, 7, 10L, Array.Empty<byte>());
            }

            capture.Write(100, 3, $"<:{trace}:a::");
        }

        Pages.ReportData report = Export(capture, new ReportQuery());
        long most = report.Limit("calls", "perTrace");
        Assert.InRange(report.Limit("calls", "shown"), ReportLimits.Calls * 3 / 4, ReportLimits.Calls);
        Assert.Equal(Traces * Calls, report.Limit("calls", "total"));
        ILookup<long, long> latencies = report.Column("calls", "span").Zip(report.Column("calls", "latency")).ToLookup(c => c.First, c => c.Second);
        Assert.Equal(Traces, latencies.Count);
        Assert.All(latencies, trace => Assert.Equal(Enumerable.Range(Calls - (int)most, (int)most).Select(n => 1000L + (n * 1000L)), trace.Order()));
    }

    [Fact]
    public void Rows_that_are_too_many_are_summed_in_one_that_says_so()
    {
        const int Files = 6000;
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < Files; i++)
        {
            capture.Open(100, 30, $"/srv/{i}").Write(100, 3, $">:{i}:get{i % 3000}::").Read(100, 30, 1 + i).Write(100, 3, $"<:{i}:get{i % 3000}::").Close(100, 30);
        }

        Pages.ReportData report = Export(capture, new ReportQuery());
        Assert.Equal((5000L, 6000L, 5000L), (report.Limit("io", "shown"), report.Limit("io", "total"), report.Limit("io", "rest")));
        Assert.Equal(5001, report.Column("io", "read").Length);
        Assert.Equal(" (1,000 other rows)  1000 500500 0 0", report.Rows("io", "$tag", "$name", "$type", "calls", "read", "written", "errors")[^1]);
        Assert.Equal((long)Files * (Files + 1) / 2, report.Column("io", "read").Sum());
        Assert.Equal((2000L, 3000L, 2000L), (report.Limit("tags", "shown"), report.Limit("tags", "total"), report.Limit("tags", "rest")));
        Assert.Equal("(1,000 other rows)", report.Texts("tags", "tag")[^1]);
        Assert.Equal(Files, report.Column("tags", "count").Sum());
        Assert.Equal(2000, report.Column("tags", "count")[^1]);
        Assert.Equal(report.Column("spans", "duration").Sum(), report.Column("tags", "total").Sum());
    }

    [Fact]
    public void Files_one_behind_the_other_are_one_report()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, ">:2:b::").Write(100, 3, "<:2:b::");
        capture.Header().Processes(CaptureBuilder.Process(100)).Fds(100, Tracers.Engine.Scap.Records.FdRecord.ForFile(3, "/dev/null", 2));
        capture.Write(100, 3, "<:1:a::").Write(100, 3, ">:3:c::").Write(100, 3, "<:3:c::");
        Pages.ReportData report = Export(capture, new ReportQuery());
        Assert.Equal(["a 2 -1", "a 1 -1", "b 0 1", "c 0 -1"], report.Rows("spans", "$tag", "state", "parent"));
    }

    [Fact]
    public void A_file_whose_second_part_is_earlier_is_told_of_as_it_is()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, "<:1:a::");
        capture.Now -= 3_600_000_000_000;
        capture.Header().Processes(CaptureBuilder.Process(100)).Fds(100, Tracers.Engine.Scap.Records.FdRecord.ForFile(3, "/dev/null", 2));
        capture.Write(100, 3, ">:2:b::").Write(100, 3, "<:2:b::");
        Pages.ReportData report = Export(capture, new ReportQuery());
        Assert.Equal(["b", "a"], report.Texts("spans", "tag"));
        Assert.True(report.Column("spans", "start")[0] < -3_500_000_000_000);
        Assert.Equal([2L], report.Column("timeline", "spans"));
    }

    [Fact]
    public void Texts_of_any_bytes_are_text()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Open(100, 30, "/srv/\u202etxt.exe");
        capture.Write(100, 3, [.. ">:1:"u8, 0xFF, 0xFE, 0x80, .. ":x=\u0001\u001b[31m\u0085:"u8]).Read(100, 30, 10).Write(100, 3, [.. "<:1:"u8, 0xFF, 0xFE, 0x80, .. "::"u8]);
        Pages.ReportData report = Export(capture, new ReportQuery());
        Assert.Equal(["\uFFFD\uFFFD\uFFFD"], report.Texts("spans", "tag"));
        Assert.Equal(["x=\u0001\u001b[31m\u0085"], report.Texts("spans", "args"));
        Assert.Equal(["/srv/\u202etxt.exe"], report.Texts("io", "name"));
    }

    [Fact]
    public void Progress_tells_which_reading_it_is_and_never_goes_back()
    {
        using TempFile file = new();
        CaptureBuilder capture = CaptureBuilder.Typical();
        for (int i = 0; i < 100; i++)
            capture.Write(100, 3, $">:{i}:a::").Write(100, 3, $"<:{i}:a::");
        File.WriteAllBytes(file.Path, capture.ToArray());
        List<ReportProgress> seen = [];
        new CaptureReport(file.Path, new ReportQuery(), CancellationToken.None) { Progress = seen.Add }.Collect();
        Assert.Equal([1, 2, 3], seen.Select(p => p.Step).Distinct());
        Assert.All(seen, p => Assert.Equal(3, p.Steps));
        Assert.Equal(3, seen.Select(p => p.What).Distinct().Count());
        long[] done = [.. seen.Select(p => ((p.Step - 1) * p.Length) + p.Done)];
        Assert.Equal(done.Order(), done);
        Assert.Equal(3 * capture.Length, done[^1]);
    }

    [Fact]
    public void A_capture_that_becomes_another_one_meanwhile_is_noticed()
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Write(100, 3, "<:1:a::").ToArray());
        CaptureReport report = new(file.Path, new ReportQuery(), CancellationToken.None)
        {
            Progress = p =>
            {
                if (p.Step != 2)
                    return;
                File.WriteAllBytes(file.Path + ".new", CaptureBuilder.Typical().Write(100, 3, ">:2:b::").Write(100, 3, "<:2:b::").ToArray());
                File.Move(file.Path + ".new", file.Path, overwrite: true);
            },
        };
        Assert.Throws<Tracers.Engine.Spans.CaptureChangedException>(report.Collect);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_capture_that_grows_meanwhile_is_read_up_to_the_same_place_each_time(bool compress)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells who writes to a file.");
        using TempFile file = new();
        byte[] first = CaptureBuilder.Typical().Write(100, 3, ">:1:a::").Read(100, 4, 10).ToArray();
        byte[] rest = new CaptureBuilder { Now = CaptureBuilder.Start + 1_000_000_000 }.Read(100, 4, 20).Write(100, 3, "<:1:a::").Write(100, 3, ">:2:b::").ToArray();
        using FileStream writer = new(file.Path, FileMode.Create, FileAccess.Write, FileShare.Read);
        bool hasGrown = false;
        Append(first);
        CaptureReport report = new(file.Path, new ReportQuery(), CancellationToken.None)
        {
            Progress = p =>
            {
                if (p.Step == 1 || hasGrown)
                    return;
                hasGrown = true;
                Append(rest);
            },
        };
        ReportData data = report.Collect();
        Assert.True(hasGrown);
        Assert.Null(report.Damage);
        Assert.Contains($"up to byte {first.Length}", data.Problem, StringComparison.Ordinal);
        Assert.Equal(("a", Tracers.Engine.Spans.SpanState.Unfinished), (Assert.Single(data.Spans).Identity.Tags, data.Spans[0].State));
        Assert.Equal(10, Assert.Single(data.Io).Totals.ReadBytes);
        Assert.Equal(10, Assert.Single(data.Calls).Bytes);

        // As a recorder does that compresses: a member is whole or it is not there yet.
        void Append(byte[] bytes)
        {
            writer.Write(compress ? Scap.GzipReadingTests.Compress(bytes) : bytes);
            writer.Flush();
        }
    }

    [Fact]
    public void A_report_that_is_cancelled_ends()
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, CaptureBuilder.Typical().Write(100, 3, ">:1:a::").ToArray());
        using CancellationTokenSource stop = new();
        CaptureReport report = new(file.Path, new ReportQuery(), stop.Token) { Progress = p => stop.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(report.Collect);

        ReportData data = new CaptureReport(file.Path, new ReportQuery(), CancellationToken.None).Collect();
        Assert.ThrowsAny<OperationCanceledException>(() => ReportPage.Write(data, new MemoryStream(), stop.Token));
    }

    private static Pages.ReportData Export(CaptureBuilder capture, ReportQuery query)
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        ReportData data = new CaptureReport(file.Path, query, CancellationToken.None).Collect();
        using TempFile page = new();
        using (FileStream output = File.Create(page.Path))
            ReportPage.Write(data, output, CancellationToken.None);
        return Pages.ReportData.Read(page.Path);
    }
}
