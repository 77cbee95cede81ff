using System.Globalization;
using System.Text;

namespace Tracers.Engine.Events;

/// <summary>System calls that have no event of their own, by the number that generic events carry; from syscalls.txt.</summary>
internal static class SyscallTable
{
    private static readonly Lazy<Entry[]> s_entries = new(Load);

    /// <summary>How many numbers have a name.</summary>
    public static int Count => s_entries.Value.Length;

    /// <summary>The call's name; null for a number that the table does not have.</summary>
    public static string? Name(int id) => (uint)id < (uint)Count ? s_entries.Value[id].Name : null;

    /// <summary>The same as bytes; empty for a number that the table does not have.</summary>
    public static ReadOnlySpan<byte> Utf8Name(int id) => (uint)id < (uint)Count ? s_entries.Value[id].Utf8Name : default;

    /// <summary>The call's category in the words of <see cref="EventInfo.Category"/>; null for a number that the table does not have.</summary>
    public static string? Category(int id) => (uint)id < (uint)Count ? s_entries.Value[id].Category : null;

    private static Entry[] Load()
    {
        List<Entry> entries = new(512);
        foreach (string line in TableText.Lines("syscalls.txt"))
        {
            string[] words = line.Split(' ');
            if (int.Parse(words[0], CultureInfo.InvariantCulture) != entries.Count)
                throw new InvalidOperationException($"syscalls.txt: the line of call {entries.Count} is missing: {line}");
            entries.Add(new Entry(words[1], Encoding.ASCII.GetBytes(words[1]), words[2]));
        }

        return [.. entries];
    }

    private sealed record Entry(string Name, byte[] Utf8Name, string Category);
}
