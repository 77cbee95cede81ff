using System.Globalization;
using System.Text;

namespace Tracers.Engine.Pictures.Interactive;

/// <summary>Shows a browser on a terminal until the user takes or leaves, and gives the terminal back as it was.</summary>
internal static class PictureSession
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(15);

    // A terminal sends a sequence at once, but a slow line may tear it.
    private static readonly TimeSpan s_sequence = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="browser">What.</param>
    /// <param name="colored">Whether colours may be used.</param>
    /// <param name="cancellation">Ends it, with the terminal as it was.</param>
    /// <returns>Whether what is chosen is taken.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static bool Run(IPictureTerminal terminal, SpectrogramBrowser browser, bool colored, CancellationToken cancellation)
    {
        try
        {
            using TakenTerminal taken = new(terminal);
            return Loop(terminal, taken, browser, colored, cancellation);
        }
        finally
        {
            // What the mouse did meanwhile would be typed at the prompt.
            for (int i = 0; i < 1000 && terminal.KeyAvailable; i++)
                terminal.ReadKey();
        }
    }

    private static bool Loop(IPictureTerminal terminal, TakenTerminal taken, SpectrogramBrowser browser, bool colored, CancellationToken cancellation)
    {
        TerminalInputDecoder decoder = new();
        (int Width, int Height) size = default;
        bool isDue = false;
        TimeSpan quiet = default;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (terminal.Size is var now && now != size)
            {
                size = now;
                browser.Resize(size.Width, size.Height);
                isDue = true;
            }

            IEnumerable<TerminalInput> inputs;
            if (terminal.KeyAvailable)
            {
                inputs = decoder.Feed(terminal.ReadKey());
                quiet = default;
            }
            else
            {
                if (isDue)
                    taken.Write(Frame(browser, colored));
                isDue = false;
                cancellation.WaitHandle.WaitOne(s_pause);
                quiet += s_pause;
                inputs = decoder.IsPending && quiet >= s_sequence ? decoder.Flush() : [];
            }

            foreach (TerminalInput input in inputs)
            {
                BrowserOutcome outcome = browser.Handle(input);
                if (outcome is BrowserOutcome.Take or BrowserOutcome.Leave)
                    return outcome == BrowserOutcome.Take;
                isDue |= outcome == BrowserOutcome.Redraw;
            }
        }
    }

    // Every line is put in its place, which is blanked first: behind a line of the window's width the terminal would blank its last character.
    private static string Frame(SpectrogramBrowser browser, bool colored)
    {
        StringBuilder frame = new();
        int y = 1;
        foreach (PictureLine line in browser.Draw())
            frame.Append(CultureInfo.InvariantCulture, $"\u001b[{y++};1H\u001b[2K{(colored ? line.ToColoredString() : line.ToString())}");
        return frame.ToString();
    }
}
