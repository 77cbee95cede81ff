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

    // Two columns for each: at an odd column the character before it ends.
    [Theory]
    [InlineData(4, "\u65e5\u672c")]
    [InlineData(3, "\u65e5")]
    [InlineData(1, "")]
    public void Wide_characters_take_two_columns(int column, string cut)
    {
        PictureLine line = new PictureLine().Append("\u65e5\u672c\u8a9e");
        Assert.Equal(6, line.Columns);
        Assert.Equal(cut, line.CutAt(column).ToString());
    }
}
