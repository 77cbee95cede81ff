using System.Text;
using Tracers.Engine;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>The simple marker syntax, case by case as sysdig was seen to read it; where sysdig slips, this does not.</summary>
public class MarkerSyntaxTests
{
    private static readonly ThreadIdentity s_writer = new(101, 100, 1, "python", 0);

    [Theory]
    [InlineData(">:t:a::", 101)]
    [InlineData(">:p:a::", 100)]
    [InlineData(">:pp:a::", 1)]
    [InlineData(">:g:a::", 0)]
    [InlineData(">::a::", 0)]
    [InlineData(">:12:a::", 12)]
    [InlineData(">:-5:a::", -5)]
    [InlineData(">:-:a::", 0)]
    [InlineData(">:9223372036854775807:a::", long.MaxValue)]
    [InlineData(">:18446744073709551615:a::", -1)]
    [InlineData(">:99999999999999999999:a::", 7766279631452241919)]
    [InlineData(">:0:a::", 0)]
    [InlineData(">:01:a::", 1)]
    public void An_id_is_a_number_or_a_letter_for_the_writer(string marker, long id)
    {
        Assert.True(TryParse(marker, out _, out long found, out _, out _));
        Assert.Equal(id, found);
    }

    [Theory]
    [InlineData(">:tx:a::")]
    [InlineData(">:px:a::")]
    [InlineData(">:gx:a::")]
    [InlineData(">:ppp:a::")]
    [InlineData(">:x:a::")]
    [InlineData(">:1x:a::")]
    [InlineData(">:1\\0:a::")]
    public void An_id_that_goes_on_after_its_letter_or_number_is_no_id(string marker) => Assert.False(TryParse(marker, out _, out _, out _, out _));

    [Theory]
    [InlineData("hello\n")]
    [InlineData("x")]
    [InlineData(">:1:a:b:")]
    [InlineData(">:1:a:b=c=d:")]
    [InlineData(">:1:a:b=c,d:")]
    [InlineData(">:1:a\n::")]
    [InlineData(">:1:a=b::")]
    [InlineData(">:1:a>b::")]
    [InlineData(">:1:a<b::")]
    [InlineData(">:1:a:b>=c:")]
    [InlineData(">:1:a:b<=c:")]
    [InlineData(">:1:a:b\n=c:")]
    [InlineData(" >:1:a::")]
    [InlineData(">:1:a:b=c,:")]
    [InlineData(">1:a::")]
    [InlineData("?:1:a::")]
    public void Malformed_text_is_no_marker(string marker) => Assert.False(TryParse(marker, out _, out _, out _, out _));

    [Theory]
    [InlineData(">:1:a.b\\:c:k=v\\:w,l=:")]
    [InlineData("<:t:ab:x=y:")]
    public void A_marker_that_is_cut_anywhere_is_no_marker(string marker)
    {
        Assert.True(TryParse(marker, out _, out _, out _, out _));
        for (int length = 0; length < marker.Length; length++)
            Assert.False(TryParse(marker[..length], out _, out _, out _, out _), marker[..length]);
    }

    [Theory]
    [InlineData(">:1:a::", "a")]
    [InlineData(">:1:::", "")]
    [InlineData(">:1:a..b::", "a||b")]
    [InlineData(">:1:.a::", "|a")]
    [InlineData(">:1:a.::", "a|")]
    [InlineData(">:1:a b c::", "a b c")]
    [InlineData(">:1:café::", "café")]
    [InlineData(">:1:0a::", "0a")]
    [InlineData(">:1:\\0a::", "0a")]
    [InlineData(">:1:a\\.b.c\\:d\\=e\\>f\\<g\\\\h::", "a.b|c:d=e>f<g\\h")]
    [InlineData(">:1:a::extra", "a")]
    [InlineData(">:1:a::>:1:b::", "a")]
    [InlineData(">:1:a::\n", "a")]
    public void Tags_are_split_at_dots_and_unescaped_and_what_follows_the_end_is_ignored(string marker, string tags)
    {
        Assert.True(TryParse(marker, out MarkerKind kind, out _, out string[] found, out _));
        Assert.Equal(MarkerKind.Open, kind);
        Assert.Equal(tags.Length == 0 ? [] : tags.Split('|'), found);
    }

    [Theory]
    [InlineData(">:1:a:b=:", "b:")]
    [InlineData(">:1:a:b=c:", "b:c")]
    [InlineData(">:1:a:b=c,d=e:", "b:c,d:e")]
    [InlineData(">:1:a:b=>:", "b:>")]
    [InlineData(">:1:a:b=c:d=e:", "b:c")]
    [InlineData(">:1:a:=c:", ":c")]
    [InlineData(">:1:a:b.x=c.y:", "b.x:c.y")]
    [InlineData(">:1:a:b=c=d=e:", "b:c,d:e")]
    [InlineData(">:1:a:b=l1\nl2:", "b:l1\nl2")]
    [InlineData(">:1:x:k\\=1=v\\,1\\:2\\=3,k2=v2:", "k=1:v,1:2=3,k2:v2")]
    [InlineData(">:1:y:k,z=v:", "k,z:v")]
    public void Arguments_are_pairs_in_their_order_unescaped(string marker, string arguments)
    {
        Assert.True(TryParse(marker, out _, out _, out _, out KeyValuePair<string, string>[] found));
        Assert.Equal(arguments, string.Join(',', found.Select(a => $"{a.Key}:{a.Value}")));
    }

    [Theory]
    [InlineData("<:1:a::", MarkerKind.Close)]
    [InlineData("=:7:::", MarkerKind.Switch)]
    [InlineData("=:0:::", MarkerKind.Switch)]
    public void The_first_byte_says_what_the_marker_does(string marker, object kind)
    {
        Assert.True(TryParse(marker, out MarkerKind found, out _, out _, out _));
        Assert.Equal(kind, found);
    }

    [Fact]
    public void Three_hundred_tags_and_arguments_are_no_limit()
    {
        string marker = $">:1:{string.Join('.', Enumerable.Range(0, 300))}:{string.Join(',', Enumerable.Range(0, 300).Select(i => $"k{i}=v{i}"))}:";
        Assert.True(TryParse(marker, out _, out _, out string[] tags, out KeyValuePair<string, string>[] arguments));
        Assert.Equal((300, 300), (tags.Length, arguments.Length));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_tag_too()
    {
        Assert.Equal(MarkerParse.Ok, MarkerParser.Parse([.. ">:1:a"u8, 0xE9, .. "::"u8], s_writer, out Marker marker));
        Assert.Equal(["a\uFFFD"], MarkerText.SplitTags(marker.Tags));
    }

    private static MarkerParse Parse(string text, out Marker marker) =>
        new MarkerReader(new CaptureStatistics()).Read(Encoding.UTF8.GetBytes(text), cut: false, new TracedThread(s_writer, new FdTable()), out marker);

    private static bool TryParse(string text, out MarkerKind kind, out long id, out string[] tags, out KeyValuePair<string, string>[] arguments)
    {
        bool valid = Parse(text, out Marker marker) == MarkerParse.Ok;
        (kind, id) = valid ? (marker.Kind, marker.Id) : default;
        tags = valid ? MarkerText.SplitTags(marker.Tags) : [];
        arguments = valid ? MarkerText.SplitArguments(marker.Arguments) : [];
        return valid;
    }
}
