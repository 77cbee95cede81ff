using Tracers.Engine.Pictures;
using Xunit;

namespace Tracers.Tests.Engine.Pictures;

public sealed class PictureLineTests
{
    [Fact]
    public void Cells_of_one_colour_are_one_run_and_a_line_ends_without_colours()
    {
        PictureLine line = new PictureLine().AppendCells('.', 28).AppendCells('.', 28, 2).Append(" plain ").Append("bold", 9, bold: true).Append("X", 0, 34);
        Assert.Equal("... plain boldX", line.ToString());
        Assert.Equal("\u001b[38;5;28;48;5;28m...\u001b[0m plain \u001b[1;38;5;9mbold\u001b[0m\u001b[38;5;0;48;5;34mX\u001b[0m", line.ToColoredString());
        Assert.Equal("nothing", new PictureLine().Append("nothing").ToColoredString());
    }

    [Theory]
    [InlineData(9, "ab\u001b[38;5;28;48;5;28m###\u001b[0mcd")]
    [InlineData(6, "ab\u001b[38;5;28;48;5;28m###\u001b[0mc")]
    [InlineData(4, "ab\u001b[38;5;28;48;5;28m##\u001b[0m")]
    [InlineData(2, "ab")]
    [InlineData(0, "")]
    public void A_line_can_be_cut_at_a_column(int column, string colored) =>
        Assert.Equal(colored, new PictureLine().Append("ab").AppendCells('#', 28, 3).Append("cd").CutAt(column).ToColoredString());

    [Theory]
    [InlineData("plain", 5, "plain")]
    [InlineData("plain", 4, "pla…")]
    [InlineData("plain", 1, "…")]
    [InlineData("plain", 0, "")]
    [InlineData("ab\U0001F600cd", 4, "ab…")]
    [InlineData("ab\U0001F600cd", 5, "ab\U0001F600…")]
    public void A_text_is_cut_with_an_ellipsis_and_between_characters(string text, int length, string cut) => Assert.Equal(cut, PictureText.Cut(text, length));
}
