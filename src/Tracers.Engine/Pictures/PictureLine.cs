using System.Globalization;
using System.Text;
using Tracers.Engine.Events;

namespace Tracers.Engine.Pictures;

/// <summary>A line of a picture: characters that are a picture by themselves, and the colours that a terminal can add.</summary>
/// <remarks>
/// A cell that is a solid block of colour is a character of which foreground and background are the same: where colours are taken away, the
/// character is left, and nothing of the picture is lost.
/// </remarks>
internal sealed class PictureLine
{
    private const string Reset = "\u001b[0m";

    private readonly StringBuilder _text = new();
    private readonly List<PictureRun> _runs = [];

    /// <summary>The colours, from left to right; what lies between them has none.</summary>
    public IReadOnlyList<PictureRun> Runs => _runs;

    /// <summary>How many characters it has.</summary>
    public int Length => _text.Length;

    /// <summary>How many columns of a terminal it takes.</summary>
    public int Columns { get; private set; }

    /// <summary>Appends text in the terminal's own colours. It must be free of control characters.</summary>
    public PictureLine Append(string text)
    {
        _text.Append(text);
        Columns += TextColumns.Of(text);
        return this;
    }

    /// <summary>Appends blanks up to a column; nothing if the line is already there.</summary>
    public PictureLine PadTo(int column)
    {
        return column > Columns ? Append(new string(' ', column - Columns)) : this;
    }

    /// <summary>Appends text with colours. It must be free of control characters.</summary>
    public PictureLine Append(string text, byte? foreground, byte? background = null, bool bold = false)
    {
        if (text.Length == 0)
            return this;
        PictureRun run = new(_text.Length, text.Length, foreground, background, bold);
        Append(text);
        if (_runs is [.., var last] && last.Start + last.Length == run.Start && last with { Start = run.Start, Length = run.Length } == run)
            _runs[^1] = last with { Length = last.Length + run.Length };
        else
            _runs.Add(run);
        return this;
    }

    /// <summary>Appends cells of one colour.</summary>
    /// <param name="character">What is seen where there are no colours.</param>
    /// <param name="color">Index into the 256 colours of a terminal.</param>
    /// <param name="count">How many cells.</param>
    public PictureLine AppendCells(char character, byte color, int count = 1) => Append(new string(character, count), color, color);

    /// <summary>Leaves out what lies right of a column.</summary>
    public PictureLine CutAt(int column)
    {
        if (Columns <= column)
            return this;
        Columns = 0;
        int length = 0;
        foreach (Rune rune in _text.ToString().EnumerateRunes())
        {
            int width = TextColumns.Of(rune.ToString());
            if (Columns + width > column)
                break;
            Columns += width;
            length += rune.Utf16SequenceLength;
        }

        _text.Length = length;
        _runs.RemoveAll(run => run.Start >= length);
        if (_runs is [.., var last] && last.Start + last.Length > length)
            _runs[^1] = last with { Length = length - last.Start };
        return this;
    }

    /// <summary>The characters alone.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>The characters with the codes that a terminal takes for colours; the line ends in the terminal's own.</summary>
    public string ToColoredString()
    {
        if (_runs.Count == 0)
            return _text.ToString();
        string text = _text.ToString();
        StringBuilder colored = new(text.Length + (_runs.Count * 24));
        int done = 0;
        foreach (PictureRun run in _runs)
        {
            if (run.Start > done || done == 0)
                colored.Append(text, done, run.Start - done);
            AppendCode(colored, run);
            colored.Append(text, run.Start, run.Length);
            done = run.Start + run.Length;
            colored.Append(Reset);
        }

        return colored.Append(text, done, text.Length - done).ToString();
    }

    private static void AppendCode(StringBuilder colored, PictureRun run)
    {
        List<string> codes = [];
        if (run.Bold)
            codes.Add("1");
        if (run.Foreground is { } foreground)
            codes.Add(string.Create(CultureInfo.InvariantCulture, $"38;5;{foreground}"));
        if (run.Background is { } background)
            codes.Add(string.Create(CultureInfo.InvariantCulture, $"48;5;{background}"));
        colored.Append("\u001b[").AppendJoin(';', codes).Append('m');
    }
}
