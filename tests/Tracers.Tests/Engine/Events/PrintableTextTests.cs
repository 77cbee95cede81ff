using System.Text;
using Tracers.Engine.Events;
using Xunit;

namespace Tracers.Tests.Engine.Events;

/// <summary>Nothing of the captured machine's bytes controls the terminal that they are printed to.</summary>
public class PrintableTextTests
{
    [Theory]
    [InlineData("plain name", "plain name")]
    [InlineData("naïve Ãâ€ Â£ 名前", "naïve Ãâ€ Â£ 名前")]
    [InlineData("\u001b]0;title\u0007 red\u001b[31m", "]0;title red[31m")]
    [InlineData("\u0080c1\u009b31m\u009c end\u009f\u00a0", "c131m end\u00a0")]
    [InlineData("del\u007fete", "delete")]
    public void Control_characters_of_names_are_dropped_in_either_form_and_letters_stay(string name, string expected)
    {
        TextBuffer text = new();
        text.AppendName(Encoding.UTF8.GetBytes(name));
        text.AppendText(Encoding.UTF8.GetBytes(name));
        text.AppendText(name);
        Assert.Equal(expected + expected + expected, Encoding.UTF8.GetString(text.Written));
    }

    [Fact]
    public void Only_texts_keep_their_lines_and_tabs()
    {
        TextBuffer text = new();
        text.AppendText("a\n\tb\u009bc\r\n"u8);
        text.AppendName("a\n\tb\r\n"u8);
        Assert.Equal("a\n\tbc\nab", Encoding.UTF8.GetString(text.Written));
    }

    [Theory]
    [InlineData(new byte[] { 0xc2, 0x07, 0x9b })]
    [InlineData(new byte[] { 0xc2, 0x7f, 0x9b })]
    [InlineData(new byte[] { 0xc2, 0xc2, 0x9b, 0x9b })]
    public void No_control_character_comes_of_what_is_left(byte[] name)
    {
        TextBuffer text = new();
        text.AppendName(name);
        Assert.Empty(text.Written.ToArray());

        // Nor of the end of one text and the beginning of the next: tags are appended byte for byte.
        foreach (byte one in name)
            text.AppendText([one]);
        Assert.Empty(text.Written.ToArray());
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_stay_as_they_are()
    {
        TextBuffer text = new();
        text.AppendName([0xc2, (byte)'a', 0xff, 0x9b, 0xc2]);
        Assert.Equal([0xc2, (byte)'a', 0xff, 0x9b, 0xc2], text.Written.ToArray());
    }
}
