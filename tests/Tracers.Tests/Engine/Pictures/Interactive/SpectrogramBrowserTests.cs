using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Pictures;
using Tracers.Engine.Pictures.Interactive;
using Xunit;

namespace Tracers.Tests.Engine.Pictures.Interactive;

public sealed class SpectrogramBrowserTests
{
    private const int Width = 80;

    // With times of twelve characters and a blank.
    private const int Margin = 13;

    [Fact]
    public void The_first_cell_is_chosen_at_the_beginning()
    {
        SpectrogramBrowser browser = Browser();
        Assert.Equal(["0"], Chosen(browser));
        Assert.Equal(CaptureBuilder.Start, browser.ChosenStart);
        Assert.Equal(CaptureBuilder.Start + 500_000_000, browser.ChosenEnd);
        Assert.Contains("15:06:40.000 to 15:06:40.500, 903ns to 1.317us: 1 span", browser.Draw()[^2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Arrows_move_the_cell_and_with_Shift_or_the_key_s_they_make_a_rectangle()
    {
        SpectrogramBrowser browser = Browser();
        Press(browser, ConsoleKey.DownArrow);
        Assert.Empty(Chosen(browser));
        Press(browser, ConsoleKey.UpArrow);
        Press(browser, ConsoleKey.RightArrow, ConsoleModifiers.Shift, times: 60);
        Press(browser, ConsoleKey.DownArrow, ConsoleModifiers.Shift, times: 2);
        Assert.Equal(["0", "1", "2"], Chosen(browser));

        // Without Shift it is a cell again, and s keeps the corner where the cell is.
        Press(browser, ConsoleKey.LeftArrow);
        Assert.Empty(Chosen(browser));
        Assert.Equal(BrowserOutcome.Redraw, browser.Handle(Character('s')));
        Press(browser, ConsoleKey.Home);
        Press(browser, ConsoleKey.UpArrow);
        Assert.Equal(["1", "2"], Chosen(browser));
        Assert.Equal(BrowserOutcome.Redraw, browser.Handle(Character('s')));
        Assert.Empty(Chosen(browser));
    }

    [Fact]
    public void The_cell_stays_in_the_picture()
    {
        SpectrogramBrowser browser = Browser();
        Press(browser, ConsoleKey.UpArrow, times: 5);
        Press(browser, ConsoleKey.LeftArrow, times: 500);
        Press(browser, ConsoleKey.DownArrow, times: 500);
        Press(browser, ConsoleKey.RightArrow, times: 500);
        Assert.Equal(100_000_000_000, browser.ChosenHigh);
        Press(browser, ConsoleKey.Home, ConsoleModifiers.Control);
        Assert.Equal((1, CaptureBuilder.Start), (browser.ChosenLow, browser.ChosenStart));
        Press(browser, ConsoleKey.End, ConsoleModifiers.Control);
        Assert.Equal((100_000_000_000, CaptureBuilder.Start + (8 * 500_000_000L)), (browser.ChosenHigh, browser.ChosenEnd));
    }

    [Fact]
    public void A_rectangle_is_dragged_with_the_mouse()
    {
        SpectrogramBrowser browser = Browser();
        Assert.Equal(BrowserOutcome.Redraw, browser.Handle(Mouse(MouseAction.Press, Margin, 1)));
        Assert.Equal(BrowserOutcome.Redraw, browser.Handle(Mouse(MouseAction.Drag, 400, 4)));
        Assert.Equal(BrowserOutcome.Redraw, browser.Handle(Mouse(MouseAction.Release, 400, 4)));
        Assert.Equal(["0", "1", "2", "3"], Chosen(browser));

        // From the right below to the left above is the same.
        browser.Handle(Mouse(MouseAction.Press, Width - 1, 4));
        browser.Handle(Mouse(MouseAction.Drag, 0, 2));
        browser.Handle(Mouse(MouseAction.Release, 0, 2));
        Assert.Equal(["1", "2", "3"], Chosen(browser));
        Assert.Equal(BrowserOutcome.Nothing, browser.Handle(Mouse(MouseAction.Release, 0, 2)));
        Assert.Equal(BrowserOutcome.Nothing, browser.Handle(Mouse(MouseAction.Drag, 50, 2)));
    }

    [Fact]
    public void As_in_csysdig_one_click_is_the_first_corner_and_the_next_the_second()
    {
        SpectrogramBrowser browser = Browser();
        Click(Margin, 2);
        Assert.Contains("other corner", browser.Draw()[^1].ToString(), StringComparison.Ordinal);
        Click(Width - 1, 3);
        Assert.Equal(["1", "2"], Chosen(browser));
        Assert.DoesNotContain("other corner", browser.Draw()[^1].ToString(), StringComparison.Ordinal);

        // The third begins a new one; beside the picture there is nothing to click at.
        Click(Margin, 4);
        Assert.Empty(Chosen(browser));
        Assert.Equal(BrowserOutcome.Nothing, browser.Handle(Mouse(MouseAction.Press, 3, 2)));
        Assert.Equal(BrowserOutcome.Nothing, browser.Handle(Mouse(MouseAction.Press, Margin, 0)));
        Assert.Equal(BrowserOutcome.Nothing, browser.Handle(Mouse(MouseAction.Press, Margin, 23)));

        void Click(int x, int y)
        {
            browser.Handle(Mouse(MouseAction.Press, x, y));
            browser.Handle(Mouse(MouseAction.Release, x, y));
        }
    }

    [Fact]
    public void More_rows_than_the_window_has_are_scrolled()
    {
        SpectrogramBrowser browser = Browser(rows: 100);
        Assert.StartsWith("15:06:40.000", browser.Draw()[1].ToString(), StringComparison.Ordinal);
        Press(browser, ConsoleKey.PageDown);
        Assert.StartsWith("15:06:49.500", browser.Draw()[19].ToString(), StringComparison.Ordinal);
        browser.Handle(Character(' '));
        Press(browser, ConsoleKey.End, ConsoleModifiers.Control);
        Assert.StartsWith("15:07:29.500", browser.Draw()[19].ToString(), StringComparison.Ordinal);
        browser.Handle(Mouse(MouseAction.WheelUp, 0, 0));
        Assert.StartsWith("15:07:28.000", browser.Draw()[19].ToString(), StringComparison.Ordinal);
        browser.Handle(Mouse(MouseAction.WheelDown, 0, 0));
        browser.Handle(Mouse(MouseAction.WheelDown, 0, 0));
        Assert.StartsWith("15:07:29.500", browser.Draw()[19].ToString(), StringComparison.Ordinal);

        // A click is where one sees it.
        browser.Handle(Mouse(MouseAction.Press, Margin, 19));
        Assert.Equal(CaptureBuilder.Start + (100 * 500_000_000L), browser.ChosenEnd);
    }

    [Fact]
    public void A_window_that_becomes_higher_shows_rows_above_and_not_nothing_below()
    {
        SpectrogramBrowser browser = Browser(rows: 100);
        Press(browser, ConsoleKey.End, ConsoleModifiers.Control);
        browser.Resize(Width, 45);
        Assert.StartsWith("15:07:29.500", browser.Draw()[40].ToString(), StringComparison.Ordinal);
        browser.Resize(Width, 200);
        Assert.StartsWith("15:06:40.000", browser.Draw()[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_width_keeps_what_is_chosen()
    {
        SpectrogramBrowser browser = Browser();
        browser.Handle(Mouse(MouseAction.Press, Margin + 17, 1));
        browser.Handle(Mouse(MouseAction.Drag, Margin + 60, 4));
        browser.Handle(Mouse(MouseAction.Release, Margin + 60, 4));
        string[] chosen = Chosen(browser);
        Assert.Equal(4, chosen.Length);
        foreach (int width in (int[])[200, 60, 40, 133, Width])
        {
            browser.Resize(width, 24);
            Assert.Equal(chosen, Chosen(browser));
            Assert.All(browser.Draw(), line => Assert.True(line.Columns <= width));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(60)]
    public void A_window_of_any_height_is_filled_and_ends_with_the_keys(int height)
    {
        SpectrogramBrowser browser = Browser(rows: 100);
        browser.Resize(Width, height);
        IReadOnlyList<PictureLine> window = browser.Draw();
        Assert.Equal(height, window.Count);
        Assert.Contains("q: leave", window[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rectangle_is_drawn_with_crosses_on_its_border_as_csysdig_does()
    {
        SpectrogramBrowser browser = Browser();
        browser.Handle(Mouse(MouseAction.Press, Margin + 2, 1));
        browser.Handle(Mouse(MouseAction.Drag, Margin + 5, 4));
        Assert.Equal(["XXXX", "X  X", "X  X", "XXXX"], browser.Draw().Skip(1).Take(4).Select(static line => line.ToString().Substring(Margin + 2, 4)));
    }

    [Theory]
    [InlineData(ConsoleKey.Escape, nameof(BrowserOutcome.Leave))]
    [InlineData(ConsoleKey.Backspace, nameof(BrowserOutcome.Leave))]
    [InlineData(ConsoleKey.F10, nameof(BrowserOutcome.Leave))]
    [InlineData(ConsoleKey.Enter, nameof(BrowserOutcome.Take))]
    [InlineData(ConsoleKey.F5, nameof(BrowserOutcome.Nothing))]
    [InlineData(ConsoleKey.Tab, nameof(BrowserOutcome.Nothing))]
    public void Keys_that_end_it(ConsoleKey key, string outcome) =>
        Assert.Equal(outcome, Browser().Handle(new TerminalInput(new KeyStroke(key, '\0'))).ToString());

    [Fact]
    public void An_empty_picture_can_only_be_left()
    {
        SpectrogramBrowser browser = Browser(rows: 0);
        Assert.Contains("There is no span to show.", browser.Draw()[^2].ToString(), StringComparison.Ordinal);
        foreach (ConsoleKey key in (ConsoleKey[])[ConsoleKey.Enter, ConsoleKey.DownArrow, ConsoleKey.End])
            Assert.Equal(BrowserOutcome.Nothing, browser.Handle(new TerminalInput(new KeyStroke(key, '\0'))));
        Assert.Equal(BrowserOutcome.Nothing, browser.Handle(Mouse(MouseAction.Press, 20, 2)));
        Assert.Equal(BrowserOutcome.Leave, browser.Handle(Character('q')));
    }

    /// <summary>Eight spans (or so many as are said), one a row, each ten times as long as the one before it, or at last so again: tags 0, 1, 2 and so on.</summary>
    internal static SpectrogramBrowser Browser(int rows = 8)
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Read(CaptureBuilder.Tid, 4, 1);
        for (int i = 0; i < rows; i++)
        {
            long end = CaptureBuilder.Start + ((i + 1) * 500_000_000L);
            Mark(capture, end - (long)Math.Pow(10, 3 + (i % 6)), $">:{i}:{Tag(i)}::");
            Mark(capture, end, $"<:{i}:{Tag(i)}::");
        }

        SpectrogramGrid grid = new(new SpectrogramQuery { Columns = 11, KeepSpans = true });
        using CaptureFile file = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: true, CancellationToken.None);
        file.ReadSpectrogram(grid);
        SpectrogramBrowser browser = new(grid, "here", TimeZoneInfo.Utc, Views.Pictures);
        browser.Resize(Width, 24);
        return browser;
    }

    private static string Tag(int i) => $"t{i}";

    private static string[] Chosen(SpectrogramBrowser browser)
    {
        string[] chosen = [.. browser.ChosenSpans.Select(static s => s.Tags.Text[1..])];
        Assert.Equal(browser.ChosenCount, chosen.Length);
        return chosen;
    }

    private static void Press(SpectrogramBrowser browser, ConsoleKey key, ConsoleModifiers modifiers = ConsoleModifiers.None, int times = 1)
    {
        for (int i = 0; i < times; i++)
            Assert.Equal(BrowserOutcome.Redraw, browser.Handle(new TerminalInput(new KeyStroke(key, '\0', modifiers))));
    }

    private static TerminalInput Character(char character) => new(new KeyStroke(ConsoleKey.None, character));

    private static TerminalInput Mouse(MouseAction action, int x, int y) => new(default, action, x, y);

    private static void Mark(CaptureBuilder capture, long at, string marker)
    {
        capture.Now = at;
        byte[] data = Encoding.UTF8.GetBytes(marker);
        capture.EventBlock(0x217, CaptureBuilder.Tid, 9, 2, wide: false, (long)data.Length, data);
    }
}
