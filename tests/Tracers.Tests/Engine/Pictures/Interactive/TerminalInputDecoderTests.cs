using Tracers.Engine.Pictures.Interactive;
using Xunit;

namespace Tracers.Tests.Engine.Pictures.Interactive;

public sealed class TerminalInputDecoderTests
{
    // What a terminal sends, and what it means.
    public static TheoryData<string, string> Sequences => new()
    {
        { "q", "q" },
        { "\u001b[<0;12;5M", "Press 11,4" },
        { "\u001b[<0;12;5m", "Release 11,4" },
        { "\u001b[<32;300;100M", "Drag 299,99" },
        { "\u001b[<4;1;1M\u001b[<36;2;1M\u001b[<4;2;1m", "Press 0,0|Drag 1,0|Release 1,0" },
        { "\u001b[<64;1;1M\u001b[<65;1;1M", "WheelUp 0,0|WheelDown 0,0" },
        { "\u001b[<2;1;1M\u001b[<1;1;1M\u001b[<35;1;1M\u001b[<128;1;1M", "" },
        { "\u001b[<0;0;1M\u001b[<0;1M\u001b[<0;1;1;1M\u001b[<a;1;1M\u001b[<99999999999;1;1M", ";|1|;|1|M" },
        { "\u001b[A\u001b[1;2B\u001bOC\u001b[1;6D", "UpArrow|Shift+DownArrow|RightArrow|Shift, Control+LeftArrow" },
        { "\u001b[H\u001b[4~\u001b[5~\u001b[6;2~\u001b[21~", "Home|End|PageUp|Shift+PageDown|F10" },
        { "\u001b[200~x", "x" },
        { "[<0;12;5M", "Press 11,4" },
        { "\u001b\u001b[A", "Escape|UpArrow" },
        { "\u001bq", "Escape|q" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_sequence_is_read_whole(string sent, string meant) =>
        Assert.Equal(meant, string.Join('|', Decode(new TerminalInputDecoder(), sent)));

    [Fact]
    public void A_lone_escape_is_the_key_when_nothing_follows_for_a_while()
    {
        TerminalInputDecoder decoder = new();
        Assert.Empty(Decode(decoder, "\u001b"));
        Assert.True(decoder.IsPending);
        Assert.Equal(["Escape"], decoder.Flush().Select(Text));
        Assert.False(decoder.IsPending);
        Assert.Empty(decoder.Flush());

        // The rest of a torn sequence is not the key: it would close the picture.
        Assert.Empty(Decode(decoder, "\u001b[<0;1"));
        Assert.Empty(decoder.Flush());
    }

    [Fact]
    public void Keys_that_the_host_knows_go_through_with_what_was_held_down()
    {
        TerminalInputDecoder decoder = new();
        Assert.Equal(["Shift+UpArrow"], decoder.Feed(new KeyStroke(ConsoleKey.UpArrow, '\0', ConsoleModifiers.Shift)).Select(Text));

        // One in the middle of a sequence ends that.
        Assert.Empty(Decode(decoder, "\u001b[<0;"));
        Assert.Equal(["Home"], decoder.Feed(new KeyStroke(ConsoleKey.Home, '\0')).Select(Text));
        Assert.Equal(["5"], Decode(decoder, "5"));
    }

    [Fact]
    public void What_never_ends_is_given_up()
    {
        TerminalInputDecoder decoder = new();
        IEnumerable<string> read = Decode(decoder, "\u001b[<" + new string('1', 100_000) + "q");
        Assert.EndsWith("q", string.Concat(read), StringComparison.Ordinal);
        Assert.False(decoder.IsPending);
    }

    [Fact]
    public void Noise_never_fails()
    {
        Random random = new(11);
        const string Characters = "\u001b\u001b[[O<;;;0123456789MmABCDHF~qs \0\u009b\uFFFD";
        TerminalInputDecoder decoder = new();
        for (int i = 0; i < 200_000; i++)
        {
            foreach (TerminalInput input in decoder.Feed(Stroke(Characters[random.Next(Characters.Length)])))
                Assert.True(input.X >= 0 && input.Y >= 0);
            if (random.Next(50) == 0)
                decoder.Flush();
        }
    }

    private static IEnumerable<string> Decode(TerminalInputDecoder decoder, string sent) =>
        [.. sent.SelectMany(c => decoder.Feed(Stroke(c))).Select(Text)];

    private static KeyStroke Stroke(char c) => new(c == '\u001b' ? ConsoleKey.Escape : ConsoleKey.None, c);

    private static string Text(TerminalInput input)
    {
        if (input.Mouse != MouseAction.None)
            return $"{input.Mouse} {input.X},{input.Y}";
        KeyStroke key = input.Stroke;
        string name = key.Key == ConsoleKey.None ? key.Character.ToString() : key.Key.ToString();
        return key.Modifiers == ConsoleModifiers.None ? name : $"{key.Modifiers}+{name}";
    }
}
