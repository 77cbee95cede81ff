using System.Text;
using Tracers.Engine.Analysis;
using Tracers.Engine.Export.Spans;
using Tracers.Engine.Spans;
using Tracers.Tests.Engine.Analysis.Traces;

namespace Tracers.Tests.Engine.Export.Spans;

/// <summary>Spans of every kind, and what the formats make of them.</summary>
internal static class ExportedSpans
{
    public const string Path = "/captures/story, one.scap";

    /// <summary>Everything that a tag or an argument should not be able to do: to a terminal, a page, a line, a cell, a frame.</summary>
    public static IReadOnlyList<string> Hostile { get; } =
    [
        "<script>alert('x')</script>", "a;b c%20d", "line\nbreak\r\nand\ttab", "\u001b[31mred\u0007", "user\u202Egpj.exe", "=HYPERLINK(\"x\")", "+1", "@x",
        "\"quoted\", comma", "'", "\\", "請求書 🚀", "{\"json\":[1]}", "\u2028\u2029\u0085\u009b", new string('x', 40_000),
    ];

    /// <summary>A trace over two threads, spans that overlap, one that another thread ends, one that never ends, one that never began, and hostile ones.</summary>
    public static TraceStory Story()
    {
        TraceStory story = new TraceStory()
            .At(1_000, "<:9:lost:why=late:", 101)
            .At(10_001, ">:1234567890123456789:req:path=/a,who=me:").At(11_000, ">:1234567890123456789:req.read::").Read(12_000, 1000).Read(13_000, -5)
            .At(14_000, "<:1234567890123456789:req.read:n=1000:")
            .At(15_000, ">:5:part:parent=1234567890123456789:", 101).Read(16_000, 70, 101).At(18_000, "<:5:part::", 101)
            .At(20_000, "<:1234567890123456789:req:status=200:")
            .At(30_000, ">:6:x::").At(31_000, ">:6:y::").Read(32_000, 5).At(33_000, "<:6:x::").At(34_000, ">:6:y.in::").At(35_000, "<:6:y.in::").At(36_000, "<:6:y::")
            .At(40_000, ">:7:cross::").At(41_000, ">:7:cross.a::").At(42_000, "<:7:cross.a::").At(43_000, "<:7:cross::", 101)
            .At(50_000, ">:8:empty::").At(50_000, "<:8:empty::")
            .At(51_000, ">:8:::").At(52_000, "<:8:::");
        long time = 60_000;
        foreach (string text in Hostile)
        {
            string escaped = Escape(text);
            story.At(time, $">:-3:{escaped}:{Escape(Cut(text))}={Escape("v" + Cut(text))}:", 102).At(time + 500, $"<:-3:{escaped}::", 102);
            time += 1_000;
        }

        return story.At(time, ">:11:open::").At(time + 100, ">:11:open.in::").Read(time + 150, 9).At(time + 200, "<:11:open.in::").Read(time + 300, 3);
    }

    /// <summary>Writes the story's spans.</summary>
    public static string Write(Func<Stream, SpanExport> create, SpanQuery? query = null, Func<SpanRecord, bool>? choose = null)
    {
        using MemoryStream output = new();
        List<SpanRecord> spans = Story().Spans(out long end, query);
        SpanExport export = create(output);
        foreach (SpanRecord span in spans.Where(choose ?? (static _ => true)))
            export.Add(span, Path);
        export.EndCapture(Path, end);
        export.Complete();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>As much of a text as fits into a marker twice more.</summary>
    public static string Cut(string text) => text[..Math.Min(text.Length, 10_000)];

    /// <summary>A text as a tag, a name or a value of a marker.</summary>
    private static string Escape(string text) => string.Concat(text.Select(static c => c is '\\' or ':' or '.' or ',' or '=' or '<' or '>' or '\n' ? $"\\{c}" : c.ToString()));
}
