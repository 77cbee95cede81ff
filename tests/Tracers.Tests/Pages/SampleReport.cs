using System.IO.Compression;
using System.Text.Json;
using Tracers.Engine;

namespace Tracers.Tests.Pages;

/// <summary>A report whose data a test knows: written as src/Tracers.Page/README.md says, into the page that the engine carries.</summary>
internal sealed class SampleReport
{
    private static readonly string[] s_parts = ["file", "network", "pipe", "wait", "other", "rest"];

    private readonly Dictionary<string, int> _numbers = new() { [""] = 0 };
    private readonly List<string> _strings = [""];

    /// <summary>In the order of their beginnings.</summary>
    public List<SampleSpan> Spans { get; } = [];

    /// <summary>In the order of their spans, then of their beginnings.</summary>
    public List<SampleCall> Calls { get; } = [];

    public string Name { get; init; } = "sample.scap";

    public long Duration { get; init; } = 10_000_000_000;

    public long Interval { get; init; } = 50_000_000;

    public long? LostEvents { get; init; } = 0;

    public string? Problem { get; init; }

    public string? Filter { get; init; }

    /// <summary>Spans of the capture, of which the report may have only some.</summary>
    public int? TotalSpans { get; init; }

    /// <summary>Traces of the capture; the calls of one of them are in the report.</summary>
    public int TotalTraces { get; init; } = 1;

    /// <summary>Requests of a few handlers with parts in them, of all durations from a microsecond to a second; the same for the same numbers.</summary>
    /// <param name="spans">About how many.</param>
    /// <param name="seed">Other spans for another one.</param>
    public static SampleReport OfRequests(int spans, int seed = 1)
    {
        SampleReport report = new();
        Random random = new(seed);
        string[] handlers = ["download", "search", "login", "empty"];
        List<(SampleSpan Span, SampleSpan? Parent)> made = [];
        while (made.Count < spans)
        {
            string tag = handlers[random.Next(random.Next(handlers.Length) + 1)];
            long duration = (long)Math.Exp(Math.Log(1_000) + random.NextDouble() * Math.Log(1_000_000));
            long start = random.NextInt64(report.Duration - duration);
            int thread = 100 + random.Next(12);
            SampleSpan root = new(start, random.Next(50) == 0 ? -1 : duration, tag) { Id = 2_640_706_402_000_000_000 + made.Count, Thread = thread, Args = $"path=/{tag}/{made.Count},user=u{random.Next(20)}" };
            List<SampleSpan> inside = [];
            if (root.Duration > 0)
                foreach ((string part, int from, int to) in ((string, int, int)[])[("read", 5, 5 + random.Next(40)), ("write", 50, 50 + random.Next(45))])
                    inside.Add(new SampleSpan(start + duration * from / 100, duration * (to - from) / 100, $"{tag}.{part}") { Id = root.Id, Depth = 1, Thread = thread });
            made.Add((Filled(root with { Self = root.Duration < 0 ? -1 : duration - inside.Sum(span => span.Duration) }, random), null));
            foreach (SampleSpan span in inside)
                made.Add((Filled(span, random), made[^(made[^1].Parent is null ? 1 : 2)].Span));
        }

        (SampleSpan Span, SampleSpan? Parent)[] sorted = [.. made.OrderBy(item => item.Span.Start).ThenBy(item => item.Span.Depth)];
        Dictionary<SampleSpan, int> places = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < sorted.Length; i++)
            places.Add(sorted[i].Span, i);
        foreach ((SampleSpan span, SampleSpan? parent) in sorted)
            report.Spans.Add(parent is null ? span : span with { Parent = places[parent] });
        report.AddCalls(random);
        return report;
    }

    /// <summary>Writes it and returns its path.</summary>
    public string Write(string path)
    {
        using Stream stream = typeof(CapturePass).Assembly.GetManifestResourceStream("report.html")!;
        string page = new StreamReader(stream).ReadToEnd();
        File.WriteAllText(path, page.Replace("{{data}}", Data(), StringComparison.Ordinal));
        return path;
    }

    private string Data()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(gzip, Content());
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    private Dictionary<string, object?> Content()
    {
        int total = TotalSpans ?? Spans.Count;
        return new()
        {
            ["version"] = 1,
            ["generator"] = "Tracers 0.1.0",
            ["capture"] = new Dictionary<string, object?>
            {
                ["name"] = Name,
                ["host"] = "web-1",
                ["start"] = "1764440268361149303",
                ["duration"] = Duration,
                ["events"] = 1_327_534,
                ["lostEvents"] = LostEvents,
                ["dropIntervals"] = 0,
                ["complete"] = Problem is null,
                ["problem"] = Problem,
                ["filter"] = Filter,
                ["tag"] = null,
                ["processes"] = 41,
                ["threads"] = 122,
                ["spans"] = total,
                ["unfinished"] = Spans.Count(span => span.State == 1),
                ["orphans"] = Spans.Count(span => span.State == 2),
                ["calls"] = Calls.Count,
                ["badMarkers"] = 0,
            },
            ["limits"] = new Dictionary<string, object>
            {
                ["spans"] = new { shown = Spans.Count, total, longest = Spans.Count / 2, sampled = Spans.Count - Spans.Count / 2, allAbove = -1 },
                ["calls"] = new { shown = Calls.Count, total = Calls.Count, traces = 1, tracesTotal = TotalTraces, perTrace = 300 },
                ["io"] = new { shown = Io().Count, total = Io().Count, rest = -1 },
            },
            ["spans"] = SpanColumns(),
            ["calls"] = CallColumns(),
            ["io"] = IoColumns(),
            ["tags"] = TagColumns(),
            ["timeline"] = TimelineColumns(),
            // Last: the tables number them.
            ["strings"] = _strings,
        };
    }

    private Dictionary<string, long[]> SpanColumns()
    {
        Dictionary<string, long[]> columns = new()
        {
            ["start"] = Column(span => span.Start),
            ["duration"] = Column(span => span.Duration),
            ["self"] = Column(span => span.Self),
            ["tag"] = Column(span => Number(span.Tag)),
            ["id"] = Column(span => Number($"{span.Id}")),
            ["parent"] = Column(span => span.Parent),
            ["depth"] = Column(span => span.Depth),
            ["thread"] = Column(span => span.Thread),
            ["process"] = Column(span => span.Process),
            ["name"] = Column(span => Number(span.Name)),
            ["state"] = Column(span => span.State),
            ["args"] = Column(span => Number(span.Args)),
            ["endArgs"] = Column(span => Number(span.EndArgs)),
            ["calls"] = Column(span => span.Calls),
            ["errors"] = Column(span => span.Errors),
            ["read"] = Column(span => span.Read),
            ["written"] = Column(span => span.Written),
            ["ownBytes"] = Column(span => span.OwnBytes),
        };
        for (int part = 0; part < s_parts.Length; part++)
        {
            int at = part;
            columns[s_parts[at]] = Column(span => span.Own[at]);
            columns["own" + char.ToUpperInvariant(s_parts[at][0]) + s_parts[at][1..]] = Column(span => span.Own[at]);
        }

        return columns;

        long[] Column(Func<SampleSpan, long> value) => [.. Spans.Select(value)];
    }

    private Dictionary<string, long[]> CallColumns()
    {
        return new()
        {
            ["span"] = Column(call => call.Span),
            ["start"] = Column(call => call.Start),
            ["latency"] = Column(call => call.Latency),
            ["name"] = Column(call => Number(call.Name)),
            ["fd"] = Column(call => Number(call.Fd)),
            ["type"] = Column(call => Number(call.Type)),
            ["part"] = Column(call => call.Type switch { "file" => 0, "ipv4" => 1, "pipe" or "unix" => 2, _ => 4 }),
            ["reads"] = Column(call => call.Name.Contains("read", StringComparison.Ordinal) || call.Name.Contains("recv", StringComparison.Ordinal) ? 1 : 0),
            ["bytes"] = Column(call => call.Bytes),
            ["error"] = Column(call => Number(call.Error)),
            ["thread"] = Column(call => Spans[call.Span].Thread),
        };

        long[] Column(Func<SampleCall, long> value) => [.. Calls.Select(value)];
    }

    private List<IGrouping<(string Tag, string Fd, string Type), SampleCall>> Io()
        => [.. Calls.Where(call => call.Type.Length > 0).GroupBy(call => (Spans[call.Span].Tag, call.Fd, call.Type)).OrderByDescending(group => group.Sum(call => call.Bytes))];

    private Dictionary<string, long[]> IoColumns()
    {
        List<IGrouping<(string Tag, string Fd, string Type), SampleCall>> rows = Io();
        return new()
        {
            ["tag"] = [.. rows.Select(row => (long)Number(row.Key.Tag))],
            ["name"] = [.. rows.Select(row => (long)Number(row.Key.Fd))],
            ["type"] = [.. rows.Select(row => (long)Number(row.Key.Type))],
            ["calls"] = [.. rows.Select(row => (long)row.Count())],
            ["read"] = [.. rows.Select(row => row.Where(call => call.Name == "read").Sum(call => call.Bytes))],
            ["written"] = [.. rows.Select(row => row.Where(call => call.Name != "read").Sum(call => call.Bytes))],
            ["time"] = [.. rows.Select(row => row.Sum(call => call.Latency))],
            ["errors"] = [.. rows.Select(row => (long)row.Count(call => call.Error.Length > 0))],
        };
    }

    private Dictionary<string, long[]> TagColumns()
    {
        IGrouping<string, SampleSpan>[] rows = [.. Spans.GroupBy(span => span.Tag)];
        Dictionary<string, long[]> columns = new()
        {
            ["tag"] = [.. rows.Select(row => (long)Number(row.Key))],
            ["count"] = [.. rows.Select(row => (long)row.Count(span => span.Duration >= 0))],
            ["open"] = [.. rows.Select(row => (long)row.Count(span => span.Duration < 0))],
            ["total"] = [.. rows.Select(row => row.Sum(span => Math.Max(0, span.Duration)))],
            ["self"] = [.. rows.Select(row => row.Sum(span => Math.Max(0, span.Self)))],
            ["maximum"] = [.. rows.Select(row => row.Max(span => span.Duration))],
            ["bytes"] = [.. rows.Select(row => row.Sum(span => span.Read + span.Written))],
            ["errors"] = [.. rows.Select(row => row.Sum(span => span.Errors))],
        };
        for (int part = 0; part < s_parts.Length; part++)
        {
            int at = part;
            columns[s_parts[at]] = [.. rows.Select(row => row.Sum(span => span.Own[at]))];
        }

        return columns;
    }

    private Dictionary<string, object> TimelineColumns()
    {
        int count = (int)(Duration / Interval) + 1;
        long[] spans = new long[count], slow = new long[count], read = new long[count], calls = new long[count];
        foreach (SampleSpan span in Spans.Where(span => span.Duration >= 0))
        {
            long at = Math.Max(0, span.End / Interval);
            spans[at]++;
            slow[at] = Math.Max(slow[at], span.Duration);
            read[at] += span.OwnBytes;
            calls[at] += span.Calls;
        }

        return new() { ["interval"] = Interval, ["spans"] = spans, ["slow"] = slow, ["read"] = read, ["written"] = new long[count], ["calls"] = calls, ["errors"] = new long[count] };
    }

    private int Number(string text)
    {
        if (_numbers.TryGetValue(text, out int number))
            return number;
        _numbers.Add(text, _strings.Count);
        _strings.Add(text);
        return _strings.Count - 1;
    }

    /// <summary>Gives a span numbers of its own.</summary>
    private static SampleSpan Filled(SampleSpan span, Random random)
    {
        long left = Math.Max(0, span.Self);
        long[] own = new long[6];
        for (int part = 0; part < 5; part++)
            left -= own[part] = random.NextInt64(left / 2 + 1);
        own[5] = left;
        long bytes = random.Next(100_000);
        return span with { Own = own, Read = bytes * 2 / 3, Written = bytes - bytes * 2 / 3, OwnBytes = bytes, Calls = random.Next(40), Errors = random.Next(30) == 0 ? 1 : 0 };
    }

    private void AddCalls(Random random)
    {
        for (int span = 0; span < Spans.Count && Calls.Count < 20_000; span++)
            for (int i = 0; i < 3 && Spans[span].Duration > 1000; i++)
            {
                long latency = Spans[span].Duration / 10;
                (string name, string fd, string type) = random.Next(4) switch
                {
                    0 => ("read", $"/srv/data-{random.Next(3)}.db", "file"),
                    1 => ("write", "/var/log/access.log", "file"),
                    2 => ("sendto", $"10.0.0.1:443->10.0.0.{random.Next(4)}:5000", "ipv4"),
                    _ => ("futex", "", ""),
                };
                Calls.Add(new(span, Spans[span].Start + latency * 3 * i, latency, name, fd, type, type.Length > 0 ? random.Next(5000) : -1));
            }
    }
}
