using Tracers.Shell;
using Xunit;

namespace Tracers.Tests.Shell;

public sealed class LineEditingTests
{
    [Fact]
    public void Characters_go_in_and_out_where_the_cursor_stands()
    {
        var line = new LineBuffer();
        line.Set("acd");
        line.Home();
        line.Move(1);
        line.Insert('b');
        Assert.Equal(("abcd", 2), (line.Text, line.Cursor));
        line.Delete();
        line.Backspace();
        Assert.Equal(("ad", 1), (line.Text, line.Cursor));
        line.DeleteToStart();
        Assert.Equal(("d", 0), (line.Text, line.Cursor));
    }

    [Fact]
    public void The_cursor_does_not_leave_the_line()
    {
        var line = new LineBuffer();
        line.Set("ab");
        line.Move(5);
        line.Delete();
        Assert.Equal(2, line.Cursor);
        line.Move(-9);
        line.Backspace();
        Assert.Equal(("ab", 0), (line.Text, line.Cursor));
    }

    [Fact]
    public void Going_up_and_down_the_history_comes_back_to_the_unfinished_line()
    {
        var history = new LineHistory();
        history.Add("one");
        history.Add("two");
        history.Add("two");
        Assert.Equal("two", history.Previous("unfin"));
        Assert.Equal("one", history.Previous("two"));
        Assert.Equal("one", history.Previous("one"));
        Assert.Equal("two", history.Next("one"));
        Assert.Equal("unfin", history.Next("two"));
        Assert.Equal("unfin", history.Next("unfin"));
    }

    [Theory]
    [InlineData("NO_COLOR", "1", true)]
    [InlineData("NO_COLOR", "", false)]
    [InlineData("TERM", "dumb", true)]
    [InlineData("TERM", "xterm-256color", false)]
    public void Colours_are_left_out_when_the_environment_says_so(string name, string value, bool plain) =>
        Assert.Equal(plain, Terminal.WantsPlainText(n => n == name ? value : null));
}
