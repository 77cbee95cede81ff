using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracers.Tests.Terminals;

/// <summary>The background of every cell of a line with codes for colours.</summary>
internal static partial class ColoredCells
{
    /// <summary>Indexes into the 256 colours; 0 for black and for none.</summary>
    public static IReadOnlyList<int> Of(string line)
    {
        List<int> cells = [];
        int background = 0;
        for (int at = 0; at < line.Length;)
        {
            Match code = Code().Match(line, at);
            if (!code.Success)
            {
                cells.Add(background);
                at++;
                continue;
            }

            int[] numbers = [.. code.Groups[1].Value.Split(';').Select(static n => n.Length == 0 ? 0 : int.Parse(n, CultureInfo.InvariantCulture))];
            for (int i = 0; i < numbers.Length; i++)
            {
                switch (numbers[i])
                {
                    case 38:
                        i += 2;
                        break;
                    case 48:
                        background = numbers[i + 2];
                        i += 2;
                        break;
                    case 0 or 49:
                        background = 0;
                        break;
                    case >= 40 and <= 47:
                        background = numbers[i] - 40;
                        break;
                    case >= 100 and <= 107:
                        background = numbers[i] - 92;
                        break;
                }
            }

            at += code.Length;
        }

        return cells;
    }

    [GeneratedRegex(@"\G\x1b\[([0-9;]*)m")]
    private static partial Regex Code();
}
