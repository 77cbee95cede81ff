using Tracers.Engine.Pictures;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class TerminalStyleTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    [Theory]
    [InlineData("Host", true, null, "xterm", true)]
    [InlineData("Host", false, null, "xterm", false)]
    [InlineData("Host", true, "1", "xterm", false)]
    [InlineData("Host", true, "", "xterm", true)]
    [InlineData("Host", true, null, "dumb", false)]
    [InlineData(null, true, null, null, true)]
    [InlineData(null, false, null, null, false)]
    [InlineData("PlainText", true, null, "xterm", false)]
    [InlineData("Ansi", false, "1", "dumb", true)]
    public void Colours_are_for_terminals_that_have_them_and_users_who_want_them(string? rendering, bool terminal, string? noColor, string? term, bool colored) =>
        Assert.Equal(colored, TerminalStyle.IsColored(rendering, terminal, name => name == "NO_COLOR" ? noColor : name == "TERM" ? term : null));

    [Fact]
    public void A_picture_is_coloured_where_it_is_shown_and_plain_in_every_other_place()
    {
        PictureLine line = new PictureLine().Append("a ").AppendCells('#', 28, 2).AppendCells('#', 28).AppendCells('@', 34).Append(" b");
        host.SetVariable("picture", new TracerPicture([line, new PictureLine().Append("  second")], colored: true));

        Assert.Equal("a \u001b[38;5;28;48;5;28m###\u001b[0m\u001b[38;5;34;48;5;34m@\u001b[0m b", host.Run("$picture.Lines[0]").Single().BaseObject);
        Assert.Equal(["a ###@ b", "  second"], host.Text("$picture").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal($"a ###@ b{Environment.NewLine}  second", host.Run("\"$picture\"").Single().BaseObject);
    }
}
