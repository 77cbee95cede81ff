using System.Text;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>The reading of markers 16 bytes at a time says what the reading byte for byte says.</summary>
public class PlainMarkerTests
{
    private static readonly ThreadIdentity s_writer = new(12, 11, 10, "writer", 0);

    private static readonly string[] s_blocks = [":", ":", "=", ",", "\\", "\n", "\0", "<", ">", "a", "bc", "1", "é", "tag.of.some.length", "name=value", ",k=v", "::"];

    private static readonly string[] s_whole =
    [
        ">:t:download_handler::", "<:t:download_handler.db:rows=12,user=9:", ">:123456789:a.b.c:k=v,l=w,m=x:", "=:17::::::::::::::", "<:pp:x:=,=:a=b,c:d=e::",
        ">:g:abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz:k=v:", ">:-12:tags:a=1:behind it all =,:<>", ">:1:ab::", "<:t:login:k=:", ">:t:a:bc:def=ghi:kl,m:n=o:",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_marker_is_the_same_in_both_ways(int seed)
    {
        Random random = new(seed);
        int plain = 0;
        for (int i = 0; i < 100_000; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(Text(random));
            MarkerParse expected = MarkerParser.ParseAny(text, s_writer, out Marker slow);
            if (!MarkerParser.TryParsePlain(text, s_writer, out Marker fast))
                continue;
            plain++;
            string shown = Encoding.UTF8.GetString(text);
            Assert.True(expected == MarkerParse.Ok, shown);
            Assert.Equal((shown, slow.Kind, slow.Id), (shown, fast.Kind, fast.Id));
            Assert.Equal((shown, Shown(slow.Tags), Shown(slow.Arguments)), (shown, Shown(fast.Tags), Shown(fast.Arguments)));
        }

        Assert.InRange(plain, 5_000, 90_000);
    }

    [Theory]
    [InlineData(">:t:search.db:q=12:", true)]
    [InlineData("=:1234:aaaaaaaa::", true)]
    [InlineData(">:1:aa::", true)]
    [InlineData("<:g:login::", true)]
    [InlineData(">:t:search.io::", true)]
    [InlineData(">:1:a::", false)]
    [InlineData(">:1:aaa", false)]
    [InlineData("+:1:aaa::", false)]
    [InlineData(">:1:aaaaaaaaaa\\.bbbbbb::", false)]
    [InlineData(">:1:aaaaaaaaaaaaaaaaaaaaa", false)]
    public void Only_whole_markers_of_8_bytes_or_more_without_escapes_are_read_16_bytes_at_a_time(string text, bool isPlain) =>
        Assert.Equal(isPlain, MarkerParser.TryParsePlain(Encoding.UTF8.GetBytes(text), s_writer, out _));

    private static string Shown(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    private static string Text(Random random)
    {
        StringBuilder text = new(random.Next(5) == 0 ? ">:t:" : s_whole[random.Next(s_whole.Length)]);
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            int at = random.Next(text.Length + 1);
            if (random.Next(3) == 0 && at < text.Length)
                text.Remove(at, 1);
            else
                text.Insert(at, s_blocks[random.Next(s_blocks.Length)]);
        }

        return text.ToString();
    }
}
