using System.Globalization;
using Tracers.Engine.Events;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A row of calls.txt.</summary>
/// <param name="EnterType">The enter event; the exit event is the next number.</param>
/// <param name="KeepsEnter">Whether the enter event is recorded in every mode.</param>
/// <param name="Enter">Its parameters as expressions.</param>
/// <param name="Exit">Those of the exit event.</param>
/// <param name="Appended">Those that an exit event has where there is no enter event.</param>
internal sealed record CallText(ushort EnterType, bool KeepsEnter, string[] Enter, string[] Exit, string[] Appended)
{
    /// <summary>Marks the row of the modes that record exits only.</summary>
    public const string ExitOnlyMark = "~";

    /// <summary>Marks the row of 32-bit callers.</summary>
    public const string CompatMark = "32";

    /// <summary>All rows by what stands before the event's number: marks and name.</summary>
    public static Dictionary<string, CallText> Load()
    {
        Dictionary<string, CallText> rows = [];
        foreach (string line in TableText.Lines("calls.txt"))
        {
            string[] words = line.Split(' ', 3);
            string[] parts = words.Length == 3 ? words[2].Split(" / ") : [];
            if (parts.Length is not (2 or 3))
                throw new InvalidOperationException($"calls.txt: malformed: {line}");
            ushort type = ushort.Parse(words[1].TrimEnd('+'), CultureInfo.InvariantCulture);
            rows.Add(words[0], new CallText(type, words[1].EndsWith('+'), Split(parts[0]), Split(parts[1]), parts.Length == 3 ? Split(parts[2]) : []));
        }

        return rows;
    }

    /// <summary>The row of a call; null when it has none.</summary>
    public static CallText? Find(Dictionary<string, CallText> rows, string name, bool compat, bool exitOnly) =>
        exitOnly && compat && rows.TryGetValue(ExitOnlyMark + CompatMark + name, out CallText? row) ? row
        : exitOnly && rows.TryGetValue(ExitOnlyMark + name, out row) ? row
        : compat && rows.TryGetValue(CompatMark + name, out row) ? row
        : rows.GetValueOrDefault(name);

    private static string[] Split(string part) => part == "-" ? [] : part.Split(' ');
}
