using System.Globalization;
using System.Text;

namespace Tracers.Engine.Export.Spans;

/// <summary>Stacks as Brendan Gregg's flamegraph.pl takes them: a line for each, its frames joined with semicolons, and behind a blank its own weight.</summary>
/// <remarks>
/// In a frame whatever could end it or its line, and the percent sign, is written as a URL has it: <c>%3B</c> for a semicolon, <c>%20</c> for a
/// blank. So different tags stay different, and the tags can be read back.
/// </remarks>
/// <param name="output">Where to.</param>
/// <param name="weight">Self time or bytes.</param>
internal sealed class CollapsedSpans(Stream output, StackWeight weight) : BatchedExport
{
    private long _unweighted;

    public override long LeftOut => _unweighted;

    public override void Complete()
    {
        SpanStacks stacks = new(weight);
        foreach (SpanBatch batch in Batches)
            stacks.Add(batch.Forest);
        _unweighted = stacks.Unweighted;
        using StreamWriter lines = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        lines.NewLine = "\n";
        foreach ((IReadOnlyList<string> names, long sum) in stacks.All())
        {
            for (int i = 0; i < names.Count; i++)
            {
                if (i > 0)
                    lines.Write(';');
                lines.Write(Frame(names[i]));
            }

            lines.Write(' ');
            lines.WriteLine(sum.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A name as a frame.</summary>
    internal static string Frame(string name)
    {
        if (!name.EnumerateRunes().Any(MustBeEscaped))
            return name;
        StringBuilder frame = new();
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (!MustBeEscaped(rune))
            {
                frame.Append(rune.ToString());
                continue;
            }

            foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
                frame.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return frame.ToString();
    }

    // Also what could harm a terminal: such files are looked at with cat.
    private static bool MustBeEscaped(Rune rune) =>
        rune.Value is ';' or '%' || Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
