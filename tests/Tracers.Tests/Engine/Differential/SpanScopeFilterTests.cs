using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>What lies in spans is what sysdig's filters on <c>evtin</c> fields accept, for the two scopes in which they do what they say.</summary>
public class SpanScopeFilterTests
{
    [SkippableTheory]
    [InlineData("demo", "demo-gz", "demo-lat", "inter", "unfin", "orphan", "xthread", "xthread2", "id64", "esc", "two", "edge", "views")]
    [InlineData("thread", "fork", "net", "twosections", "minimal", "filt", "argname", "pool127", "writev", "redump-in", "sendfile", "split")]
    public void Events_in_spans_with_some_tags_are_those_that_sysdig_filters(params string[] names)
    {
        foreach (string name in names)
            AssertSame(Repository.Shared($"vectors/{name}.scap"));
    }

    [SkippableFact]
    public void Also_in_a_real_recording_of_a_service() => AssertSame(Repository.PathOf("tests/data/service.scap"));

    private static void AssertSame(string path)
    {
        List<SpanRecord> spans = Spans(path);
        foreach (IGrouping<string, SpanRecord> group in spans.Where(s => s.State != SpanState.Orphan && s.Tags.Text.Length > 0).GroupBy(s => s.Tags.Text))
        {
            foreach ((SpanScope scope, string field) in ((SpanScope, string)[])[(SpanScope.Thread, "evtin.span.tags"), (SpanScope.Machine, "evtin.span.m.tags")])
            {
                string sysdig = string.Join(' ', Sysdig.Run(path, "-p", "%evt.num", $"{field}='{group.Key}'").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
                string engine = string.Join(' ', Events(path, new SpanSelection(group, scope, SpanNesting.Any)));
                Assert.True(sysdig == engine, $"{path} {field}={group.Key}:\nsysdig {sysdig}\nengine {engine}");
            }
        }
    }

    private static List<SpanRecord> Spans(string path)
    {
        List<SpanRecord> spans = [];
        Read(path, file => file.ReadSpans(new SpanQuery(), spans.Add));
        return spans;
    }

    private static List<string> Events(string path, SpanSelection spans)
    {
        List<string> numbers = [];
        Read(path, file => file.ReadEvents(new EventQuery { Spans = spans }, e => numbers.Add(e.Number.ToString(CultureInfo.InvariantCulture))));
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
