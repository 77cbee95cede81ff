using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Tracers.Engine.Export.Spans;
using Tracers.Engine.Spans;
using Xunit;

namespace Tracers.Tests.Engine.Export.Spans;

/// <summary>CSV and JSON with a row for each span, read by other readers.</summary>
public sealed class TableSpansTests
{
    private static readonly List<SpanRecord> s_spans = ExportedSpans.Story().Spans();

    [Fact]
    public void The_names_are_those_of_the_properties()
    {
        string[] span = [.. typeof(TracerSpan).GetProperties().Where(p => !p.IsDefined(typeof(HiddenAttribute))).Select(p => p.Name)];
        string[] work = [.. typeof(TracerSpanWork).GetProperties().Select(p => p.Name)];
        Assert.Equal(span.Where(n => n != "Own").Order(), SpanColumn.Described.Concat(SpanColumn.Inclusive).Select(c => c.Name).Order());
        Assert.Equal(work.Where(n => n != "Time").Order(), SpanColumn.Own.Select(c => c.Name).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Csv_has_a_line_of_names_and_one_for_each_span(bool withWork)
    {
        List<string?[]> rows = Parse(ExportedSpans.Write(o => new CsvSpans(o, withWork)));
        Assert.Equal(s_spans.Count + 1, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Length, r.Length));
        Assert.Equal(SpanColumn.Described.Count + (withWork ? SpanColumn.Inclusive.Count + SpanColumn.Own.Count : 0), rows[0].Length);
        for (int i = 0; i < s_spans.Count; i++)
        {
            SpanRecord span = s_spans[i];
            Dictionary<string, string?> row = rows[0].Zip(rows[i + 1]).ToDictionary(p => p.First!, p => p.Second);
            Assert.Equal(span.Tags.Text, row["Tag"]);
            Assert.Equal(span.Tags.Tags, JsonSerializer.Deserialize<string[]>(row["Tags"]!));
            Assert.Equal(Text(span.Id), row["Id"]);
            Assert.Equal(span.State == SpanState.Orphan ? null : Text(span.Start), row["Start"]);
            Assert.Equal(span.State == SpanState.Unfinished ? null : Text(span.End), row["End"]);
            Assert.Equal(span.State == SpanState.Finished ? Text(span.Duration) : null, row["Duration"]);
            Assert.Equal(span.ParentTags?.Text, row["ParentTag"]);
            Assert.Equal(span.State.ToString(), row["State"]);
            Assert.Equal(ExportedSpans.Path, row["Path"]);
            Assert.Equal(
                MarkerText.SplitArguments(span.Arguments).Select(a => (a.Key, a.Value)),
                JsonSerializer.Deserialize<Dictionary<string, string>>(row["Arguments"]!)!.Select(a => (a.Key, a.Value)));
            if (withWork)
                Assert.Equal((Text(span.Work?.Inclusive.Bytes), Text(span.Work?.Own.Errors)), (row["Bytes"], row["OwnErrors"]));
        }
    }

    [Fact]
    public void Csv_is_exactly_so()
    {
        string[] lines = ExportedSpans.Write(static o => new CsvSpans(o, withWork: false), choose: static s => s.Tags.Text is "req.read" or "lost").Split("\r\n");
        Assert.Equal(
            [
                "Id,Tag,Tags,Arguments,EndArguments,Start,End,Duration,SelfTime,State,Depth,ParentId,ParentTag,ParentEvidence,ThreadId,ProcessId,ProcessName,EndThreadId,EndProcessId,EndProcessName,ChildHits,Path",
                """
                9,lost,"[""lost""]",{},"{""why"":""late""}",,1480000000000001000,,,Orphan,,,,None,101,100,web-2,101,100,web-2,0,"/captures/story, one.scap"
                """,
                """
                1234567890123456789,req.read,"[""req"",""read""]",{},"{""n"":""1000""}",1480000000000011000,1480000000000014000,3000,3000,Finished,1,1234567890123456789,req,Tags,100,100,web,100,100,web,0,"/captures/story, one.scap"
                """,
                "",
            ],
            lines);
    }

    [Fact]
    public void Csv_does_not_change_with_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NegativeSign = "minus";
        string here = ExportedSpans.Write(static o => new CsvSpans(o, withWork: true));
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(here, ExportedSpans.Write(static o => new CsvSpans(o, withWork: true)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Json_has_the_values_of_the_properties()
    {
        JsonElement[] rows = [.. JsonDocument.Parse(ExportedSpans.Write(static o => new JsonSpans(o, withWork: null))).RootElement.EnumerateArray()];
        Assert.Equal(s_spans.Count, rows.Length);
        foreach ((SpanRecord span, JsonElement row) in s_spans.Zip(rows))
        {
            TracerSpan known = new(span, ExportedSpans.Path);
            Assert.Equal(Text(span.Id), row.GetProperty("Id").GetString());
            Assert.Equal(known.ParentId is { } parent ? Text(parent) : null, row.GetProperty("ParentId").GetString());
            Assert.Equal(known.Tags, row.GetProperty("Tags").EnumerateArray().Select(t => t.GetString()));
            Assert.Equal(known.Arguments, row.GetProperty("Arguments").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!));
            Assert.Equal(known.EndArguments, row.GetProperty("EndArguments").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!));
            Assert.Equal(known.Start?.Nanoseconds, Number(row, "Start"));
            Assert.Equal(known.End?.Nanoseconds, Number(row, "End"));
            Assert.Equal(known.Duration?.Nanoseconds, Number(row, "Duration"));
            Assert.Equal(known.SelfTime?.Nanoseconds, Number(row, "SelfTime"));
            Assert.Equal(known.Depth, Number(row, "Depth"));
            Assert.Equal(known.ThreadId, Number(row, "ThreadId"));
            Assert.Equal(known.EndProcessId, Number(row, "EndProcessId"));
            Assert.Equal(known.ChildHits, Number(row, "ChildHits"));
            Assert.Equal(span.Work is not null, row.TryGetProperty("Own", out JsonElement own));
            if (span.Work is null)
                continue;
            Assert.Equal(known.Bytes, Number(row, "Bytes"));
            Assert.Equal(known.FileTime?.Nanoseconds, Number(row, "FileTime"));
            Assert.Equal(known.Own!.Calls, Number(own, "Calls"));
            Assert.Equal(known.Own.ReadBytes, Number(own, "ReadBytes"));
        }
    }

    [Fact]
    public void Json_is_a_line_for_each_span()
    {
        string text = ExportedSpans.Write(static o => new JsonSpans(o, withWork: false));
        Assert.Equal(s_spans.Count + 3, text.Split('\n').Length);
        Assert.All(text.Split('\n')[1..^2], line => JsonDocument.Parse(line.TrimEnd(',')));
        Assert.Equal("[]\n", ExportedSpans.Write(static o => new JsonSpans(o, withWork: false), choose: static _ => false));
    }

    private static long? Number(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    // RFC 4180; nothing between commas is null, and quotes make a text of nothing.
    private static List<string?[]> Parse(string text)
    {
        List<string?[]> rows = [];
        List<string?> row = [];
        int at = 0;
        while (at < text.Length)
        {
            string? cell = null;
            if (text[at] == '"')
            {
                StringBuilder quoted = new();
                for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                {
                    if (text[at] == '"')
                        at++;
                    quoted.Append(text[at]);
                }

                at++;
                cell = quoted.ToString();
            }
            else
            {
                int end = text.AsSpan(at).IndexOfAny(',', '\r') + at;
                Assert.DoesNotContain('"', text[at..end]);
                cell = end == at ? null : text[at..end];
                at = end;
            }

            row.Add(cell);
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            rows.Add([.. row]);
            row.Clear();
        }

        return rows;
    }
}
