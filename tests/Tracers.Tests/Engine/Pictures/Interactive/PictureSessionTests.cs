using Tracers.Engine.Pictures.Interactive;
using Xunit;

namespace Tracers.Tests.Engine.Pictures.Interactive;

public sealed class PictureSessionTests
{
    private const string Begin = "\u001b[?1049h\u001b[?25l\u001b[?1000h\u001b[?1002h\u001b[?1006h\u001b[2J";
    private const string End = "\u001b[?1006l\u001b[?1002l\u001b[?1000l\u001b[0m\u001b[?25h\u001b[?1049l";

    [Theory]
    [InlineData("q", false)]
    [InlineData("\r", true)]
    [InlineData("\u001b", false)]
    public void The_terminal_is_given_back_when_the_user_takes_or_leaves(string keys, bool taken)
    {
        ScriptedTerminal terminal = new(ScriptedTerminal.Keys(keys));
        Assert.Equal(taken, PictureSession.Run(terminal, SpectrogramBrowserTests.Browser(), colored: true, CancellationToken.None));
        AssertRestored(terminal);
    }

    [Fact]
    public void The_terminal_is_given_back_on_Ctrl_C()
    {
        using CancellationTokenSource stop = new();
        ScriptedTerminal terminal = new() { WhenQuiet = stop.Cancel };
        Assert.Throws<OperationCanceledException>(() => PictureSession.Run(terminal, SpectrogramBrowserTests.Browser(), colored: true, stop.Token));
        AssertRestored(terminal);
    }

    [Fact]
    public void The_terminal_is_given_back_after_an_error()
    {
        int calls = 0;
        ScriptedTerminal terminal = new() { WhenQuiet = () => _ = ++calls == 1 ? throw new IOException("gone") : 0 };
        Assert.Equal("gone", Assert.Throws<IOException>(() => PictureSession.Run(terminal, SpectrogramBrowserTests.Browser(), colored: true, CancellationToken.None)).Message);
        AssertRestored(terminal);
    }

    [Fact]
    public void Keys_that_wait_behind_the_last_are_not_typed_at_the_prompt()
    {
        ScriptedTerminal terminal = new([.. ScriptedTerminal.Keys("q"), .. ScriptedTerminal.Keys("\u001b[<0;1;1M")]);
        PictureSession.Run(terminal, SpectrogramBrowserTests.Browser(), colored: true, CancellationToken.None);
        Assert.False(terminal.KeyAvailable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_frame_puts_each_line_in_its_place_and_a_window_of_another_size_gets_another(bool colored)
    {
        using CancellationTokenSource stop = new();
        int quiet = 0;
        ScriptedTerminal terminal = new();
        terminal.WhenQuiet = () =>
        {
            if (++quiet == 3)
                terminal.Size = (60, 12);
            else if (quiet == 6)
                stop.Cancel();
        };
        Assert.Throws<OperationCanceledException>(() => PictureSession.Run(terminal, SpectrogramBrowserTests.Browser(), colored, stop.Token));
        string[] frames = [.. terminal.Written.Skip(1).SkipLast(1)];
        Assert.Equal([24, 12], frames.Select(static f => f.Split("\u001b[2K").Length - 1));
        Assert.All(frames, f => Assert.Equal(colored, f.Contains("\u001b[38;5;", StringComparison.Ordinal)));
        Assert.StartsWith("\u001b[1;1H\u001b[2Khere: 8 spans", frames[0], StringComparison.Ordinal);
    }

    private static void AssertRestored(ScriptedTerminal terminal)
    {
        Assert.Equal(Begin, terminal.Written[0]);
        Assert.Equal(End, terminal.Written[^1]);
    }
}
