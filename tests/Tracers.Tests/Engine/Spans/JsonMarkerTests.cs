using System.Text;
using Tracers.Engine;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>The marker syntax that looks like JSON, with the oddities of sysdig's reader.</summary>
public class JsonMarkerTests
{
    private static readonly ThreadIdentity s_writer = new(101, 100, 1, "python", 0);

    [Theory]
    [InlineData("""[">", 12345, ["mysql","query","init"], [{"argname1":"argval1"}, {"argname2":"argval2"}]]""", "Open 12345 mysql|query|init argname1:argval1,argname2:argval2")]
    [InlineData("""[">","t",["a"],[]]""", "Open 101 a ")]
    [InlineData("""[">","p",["a"],[{}]]""", "Open 100 a ")]
    [InlineData("""[">","pp",["a","b"],[{"k":"v"}]]""", "Open 1 a|b k:v")]
    [InlineData("""["<",1,["a","b"],[{"k":"v"}]]""", "Close 1 a|b k:v")]
    [InlineData("""[">",1,[],[]]""", "Open 1  ")]
    [InlineData("""[">",1,["a\"b"],[]]""", "Open 1 a\\\"b ")]
    [InlineData("""[">",-3 ,["a"],[]]""", "Open -3 a ")]
    [InlineData("""[">","g",["a"],[]]""", "Open 0 a ")]
    [InlineData("""  [">",1,["a"],[]]""", "Open 1 a ")]
    [InlineData("""[">",1,["a.b"],[]]""", "Open 1 a.b ")]
    [InlineData("""["x",1,["a"],[]]""", "Close 1 a ")]
    [InlineData("""["",1,["a"],[]]""", "Close 1 a ")]
    [InlineData("""[">>",0,["0"],[]]""", "Open 0 0 ")]
    [InlineData("""[">",1,["",""],[{"":""}]]""", "Open 1 | :")]
    [InlineData("""[">",1,["a" "b",],[]]""", "Open 1 a|b ")]
    [InlineData("""[">",1,["a=b,c"],[{"k=1,":"v=2,3"}]]""", "Open 1 a=b,c k=1,:v=2,3")]
    [InlineData("""[">",1,["a"],[]] and more""", "Open 1 a ")]
    public void A_marker_in_json_says_what_it_says(string text, string expected)
    {
        Assert.Equal(MarkerParse.Ok, Parse(text, out Marker marker));
        KeyValuePair<string, string>[] arguments = MarkerText.SplitArguments(marker.Arguments);
        Assert.Equal(expected, $"{marker.Kind} {marker.Id} {string.Join('|', MarkerText.SplitTags(marker.Tags))} {string.Join(',', arguments.Select(a => $"{a.Key}:{a.Value}"))}");
    }

    [Theory]
    [InlineData("""[">", 1, ["a"], {"k":"v","k2":"v2"}]""")]
    [InlineData("""[">",1,["a"],[{"k":1}]]""")]
    [InlineData("""[">",1,["a"],[{"k":"v","k2":"v2"}]]""")]
    [InlineData("""[">",":",["a"],[]]""")]
    [InlineData("""[">","x",["a"],[]]""")]
    [InlineData("""[">", "x",["a"],[]]""")]
    [InlineData("""[">","tx",["a"],[]]""")]
    [InlineData("""[ ">",1,["a"],[]]""")]
    [InlineData("""[">" 1,["a"],[]]""")]
    [InlineData("""[">",1.5,["a"],[]]""")]
    [InlineData("""[">",1,,["a"],[]]""")]
    [InlineData("""[">",1,[["a"],[]]""")]
    [InlineData("""[">",1,["a"],,[]]""")]
    [InlineData("""[">",1,["a",1],[]]""")]
    [InlineData("""[">",1,["a"],[{"k" "v"}]]""")]
    [InlineData("   ")]
    [InlineData("[INFO] started")]
    public void Other_text_in_brackets_is_no_marker(string text) => Assert.Equal(MarkerParse.Invalid, Parse(text, out _));

    [Fact]
    public void A_marker_that_is_cut_anywhere_is_the_beginning_of_one()
    {
        const string Text = """[">", "pp" , ["a","b\"c"] , [ {"k" : "v"} , {"l":"w"}] ]""";
        Assert.Equal(MarkerParse.Ok, Parse(Text, out _));
        for (int length = 1; length < Text.Length; length++)
            Assert.Equal((length, MarkerParse.Incomplete), (length, Parse(Text[..length], out _)));
        Assert.Equal(MarkerParse.Incomplete, Parse("""[">",1,["a"]]""", out _));
    }

    [Fact]
    public void Both_syntaxes_pair_when_their_tags_are_the_same_one_by_one()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical()
            .Write(100, 3, """[">",1,["a","b"],[{"k":"v"}]]""").Write(100, 3, "<:1:a.b:l=w:")
            .Write(100, 3, ">:2:a\\.b::").Write(100, 3, """["<",2,["a.b"],[]]""")
            .Write(100, 3, """[">",3,["a\\b", ""],[]]""").Write(100, 3, "<:3:a\\\\\\\\b.::")
            .Write(100, 3, """[">",4,["a.b"],[]]""").Write(100, 3, "<:4:a.b::"));
        Assert.Equal(
            ["1 a.b Finished", "2 a.b Finished", "3 a\\\\b. Finished", "4 a.b Orphan", "4 a.b Unfinished"],
            reading.Spans.Select(s => $"{s.Id} {s.Tags.Text} {s.State}"));
        Assert.Equal("k=v", Encoding.UTF8.GetString(reading.Spans[0].Arguments));
        Assert.Equal((8, 0), (reading.Statistics.Markers, reading.Statistics.BadMarkers));
    }

    [Fact]
    public void One_empty_tag_is_not_the_same_as_none()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical().Write(100, 3, """[">",1,[""],[]]""").Write(100, 3, "<:1:::").Write(100, 3, """["<",1,[""],[]]"""));
        Assert.Equal([SpanState.Orphan, SpanState.Finished], reading.Spans.Select(s => s.State));
        Assert.Equal([""], reading.Spans[1].Tags.Tags);
    }

    [Fact]
    public void Only_what_was_meant_to_be_a_marker_counts_as_a_bad_one()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical().Write(100, 3, "[INFO] started").Write(100, 3, "  indented").Write(100, 3, """[">",":",[],[]]""").Write(100, 3, ">oops"));
        Assert.Equal((0, 2), (reading.Statistics.Markers, reading.Statistics.BadMarkers));
        Assert.Equal(4, reading.Io.Count);
    }

    private static MarkerParse Parse(string text, out Marker marker) =>
        new MarkerReader(new CaptureStatistics()).Read(Encoding.UTF8.GetBytes(text), cut: false, new TracedThread(s_writer, new FdTable()), out marker);
}
