using System.Management.Automation.Host;

namespace Tracers.Shell;

/// <summary>The terminal's size, colours and keys. What a redirected console has not is answered with fixed values.</summary>
internal sealed class ShellRawUI(Terminal terminal, bool nonInteractive) : PSHostRawUserInterface
{
    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw FixedSize();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw FixedSize();
    }

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => new(terminal.Width, terminal.Height);

    /// <inheritdoc/>
    public override Size MaxWindowSize => new(terminal.Width, terminal.Height);

    /// <inheritdoc/>
    public override Coordinates WindowPosition
    {
        get => default;
        set => throw FixedSize();
    }

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get
        {
            if (terminal.OutputRedirected || terminal.InputRedirected)
                return default;

            (int left, int top) = Console.GetCursorPosition();
            return new Coordinates(left, top);
        }

        set
        {
            if (!terminal.OutputRedirected)
                Console.SetCursorPosition(value.X, value.Y);
        }
    }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override string WindowTitle
    {
        get => "";
        set
        {
            if (!terminal.OutputRedirected && !terminal.Plain)
                Console.Title = value;
        }
    }

    /// <inheritdoc/>
    public override bool KeyAvailable
    {
        get
        {
            RefuseNonInteractive();
            return !terminal.InputRedirected && Console.KeyAvailable;
        }
    }

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        RefuseNonInteractive();
        if (terminal.InputRedirected)
            throw new InvalidOperationException("A key cannot be read: standard input is not a terminal.");

        ConsoleKeyInfo key = Console.ReadKey(intercept: (options & ReadKeyOptions.NoEcho) != 0);
        return new KeyInfo((int)key.Key, key.KeyChar, StatesOf(key.Modifiers), keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (!nonInteractive && KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) =>
        throw new NotSupportedException("A terminal's contents cannot be read back.");

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotSupportedException("A part of the terminal cannot be scrolled.");

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotSupportedException("A terminal's contents cannot be written in place.");

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // Clear-Host fills a rectangle of -1 with blanks: that one is the whole screen.
        if (rectangle.Left == -1 && !terminal.OutputRedirected)
            Console.Clear();
    }

    private static ControlKeyStates StatesOf(ConsoleModifiers modifiers) =>
        ((modifiers & ConsoleModifiers.Shift) != 0 ? ControlKeyStates.ShiftPressed : 0)
        | ((modifiers & ConsoleModifiers.Alt) != 0 ? ControlKeyStates.LeftAltPressed : 0)
        | ((modifiers & ConsoleModifiers.Control) != 0 ? ControlKeyStates.LeftCtrlPressed : 0);

    private void RefuseNonInteractive()
    {
        if (nonInteractive)
            throw new InvalidOperationException("A key cannot be read: the shell was started with -NonInteractive.");
    }

    private static NotSupportedException FixedSize() => new("The terminal's size belongs to the terminal and cannot be set.");
}
