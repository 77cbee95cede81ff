using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Tracers.Tests.Terminals;

/// <summary>A real terminal that a program runs in: a tmux of its own, whose screen can be read. The test is skipped where there is no tmux.</summary>
internal sealed class TmuxTerminal : IDisposable
{
    private const string Pane = "test";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static int s_last;

    private readonly string _socket = string.Create(CultureInfo.InvariantCulture, $"tracers-test-{Environment.ProcessId}-{Interlocked.Increment(ref s_last)}");

    /// <summary>Starts a program.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines.</param>
    /// <param name="command">A line for sh.</param>
    public TmuxTerminal(int width, int height, string command)
    {
        Skip.IfNot(File.Exists("/usr/bin/tmux"), "no tmux to have a terminal: apt-get install tmux");
        Run("new-session", "-d", "-s", Pane, "-x", Text(width), "-y", Text(height), command);
    }

    /// <summary>The lines of the screen, without colours and without blanks at their ends.</summary>
    public string[] Screen => [.. Run("capture-pane", "-p", "-t", Pane).Split('\n').Select(static line => line.TrimEnd())];

    /// <summary>The lines of the screen with the codes of their colours.</summary>
    public string[] ColoredScreen => Run("capture-pane", "-e", "-p", "-t", Pane).Split('\n');

    /// <summary>Whether a program has taken the other screen, mouse reports, or the cursor away: <c>0 0 0 1</c> when all is as it was.</summary>
    public string Modes => Run("display-message", "-p", "-t", Pane, "#{alternate_on} #{mouse_any_flag} #{mouse_sgr_flag} #{cursor_flag}").Trim();

    /// <summary>Presses keys, by tmux's names for them.</summary>
    public void Press(params string[] keys) => Run(["send-keys", "-t", Pane, .. keys]);

    /// <summary>Sends characters as they are: a line, or what a terminal sends for the mouse.</summary>
    public void Type(string text) => Run("send-keys", "-t", Pane, "-l", text);

    /// <summary>Gives the window another size.</summary>
    public void Resize(int width, int height) => Run("resize-window", "-t", Pane, "-x", Text(width), "-y", Text(height));

    /// <summary>Waits until the screen is as a test wants it; fails with the screen when it never is.</summary>
    public string[] WaitFor(Func<string[], bool> isThere) => WaitFor(() => Screen, isThere);

    /// <summary>The same with colours.</summary>
    public string[] WaitForColored(Func<string[], bool> isThere) => WaitFor(() => ColoredScreen, isThere);

    /// <summary>Ends the program and the terminal.</summary>
    public void Dispose() => Run("kill-server");

    private static string[] WaitFor(Func<string[]> read, Func<string[], bool> isThere)
    {
        for (long begin = Stopwatch.GetTimestamp(); ; Thread.Sleep(s_pause))
        {
            string[] screen = read();
            if (isThere(screen))
                return screen;
            Assert.True(Stopwatch.GetElapsedTime(begin) < s_patience, "It did not come:\n" + string.Join('\n', screen));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Run(params string[] arguments)
    {
        ProcessStartInfo start = new("/usr/bin/tmux", ["-L", _socket, "-f", "/dev/null", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("TMUX");
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
