using System.Globalization;
using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Tests.Scap.Writing;
using Xunit;
using static Tracers.Tests.Engine.CloneCalls;

namespace Tracers.Tests.Engine.Differential;

/// <summary>What lies in spans is what sysdig's filters on <c>evtin</c> fields accept, for the two scopes in which they do what they say.</summary>
public class SpanScopeFilterTests
{
    [SkippableTheory]
    [InlineData("demo", "demo-gz", "demo-lat", "inter", "unfin", "orphan", "xthread", "xthread2", "id64", "esc", "two", "views")]
    [InlineData("thread", "fork", "net", "twosections", "minimal", "filt", "argname", "pool127", "writev", "redump-in", "sendfile")]
    public void Events_in_spans_with_some_tags_are_those_that_sysdig_filters(params string[] names)
    {
        foreach (string name in names)
            AssertSame(Repository.Shared($"vectors/{name}.scap"));
    }

    [SkippableFact]
    public void Also_in_a_real_recording_of_a_service() => AssertSame(Repository.PathOf("tests/data/service.scap"));

    [SkippableFact]
    public void The_opening_marker_of_a_span_lies_in_the_outer_one_also_when_they_have_the_same_tags()
    {
        string path = Repository.Shared("vectors/id64.scap");
        Assert.Equal("", Sysdig.Read(path, "-p", "%evt.num", "evtin.span.tags=a"));
        Assert.Equal(["4", "6"], Events(path, new SpanSelection(Spans(path), SpanScope.Thread, SpanNesting.Any), tags: ""));
    }

    // For sysdig p is the thread that opened the span, and s what its process started itself.
    [SkippableTheory]
    [InlineData("evtin.span.p.tags", "main", SpanScope.Process, "main thread")]
    [InlineData("evtin.span.s.tags", "thread child", SpanScope.Children, "main thread child grandchild")]
    public void Process_and_children_are_what_their_names_say(string field, string sysdig, SpanScope scope, string engine)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        Clone(Clone(Clone(capture, 101, NewThread), 160, 0), 170, 0, parent: 160).Write(100, 3, ">:1:a::");
        capture.Write(100, 4, "main").Write(101, 4, "thread").Write(160, 4, "child").Write(170, 4, "grandchild").Write(100, 3, "<:1:a::");
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());

        Assert.Equal(sysdig, Sysdig.Read(file.Path, "-p", "%evt.arg.data", $"evt.type=write and evt.dir=< and {field}=a").Trim().Replace('\n', ' '));
        List<string> written = [];
        EventQuery writes = new() { Type = static type => type == "write", Spans = new SpanSelection(Spans(file.Path), scope, SpanNesting.Any) };
        Read(file.Path, f => f.ReadEvents(writes, e =>
        {
            if (e.IsExit)
                written.Add(Encoding.UTF8.GetString(e.View.Parameter(1)));
        }));
        Assert.Equal(engine, string.Join(' ', written));
    }

    private static void AssertSame(string path)
    {
        List<SpanRecord> spans = Spans(path);
        foreach (IGrouping<string, SpanRecord> group in spans.Where(s => s.State != SpanState.Orphan && s.Tags.Text.Length > 0).GroupBy(s => s.Tags.Text))
        {
            foreach ((SpanScope scope, string field) in ((SpanScope, string)[])[(SpanScope.Thread, "evtin.span.tags"), (SpanScope.Machine, "evtin.span.m.tags")])
            {
                string[] sysdig = Sysdig.Run(path, "-p", "%evt.num", $"{field}='{group.Key}'").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                List<string> engine = Events(path, new SpanSelection(group, scope, SpanNesting.Any), group.Key);
                string more = string.Join(' ', sysdig.Except(engine).Take(50)), less = string.Join(' ', engine.Except(sysdig).Take(50));
                Assert.True(sysdig.SequenceEqual(engine), $"{path} {field}={group.Key}: sysdig has more: {more}, and less: {less}");
            }
        }
    }

    private static List<SpanRecord> Spans(string path)
    {
        List<SpanRecord> spans = [];
        Read(path, file => file.ReadSpans(new SpanQuery(), spans.Add));
        return spans;
    }

    // sysdig leaves out two kinds of events. The opening marker of a span with the same tags inside of another: it looks at the new span alone.
    // And in the scope of the machine events of threads that it knows nothing of, such as the switches of an idle processor.
    private static List<string> Events(string path, SpanSelection spans, string tags)
    {
        List<string> numbers = [];
        Read(path, file => file.ReadEvents(new EventQuery { Spans = spans }, e =>
        {
            if (e.ProcessName is not null && (e.Marker is not { Kind: MarkerKind.Open } marker || marker.Tags.Text != tags))
                numbers.Add(e.Number.ToString(CultureInfo.InvariantCulture));
        }));
        return numbers;
    }

    private static void Read(string path, Action<CaptureFile> ask)
    {
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        try
        {
            ask(file);
        }
        catch (ScapFormatException)
        {
            // sysdig, too, filters what is whole.
        }
    }
}
