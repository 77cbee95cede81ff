using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>The names of the values and bits of a parameter, from flags.txt; read when the first one is shown.</summary>
internal sealed class ValueNames
{
    private static readonly Lazy<Dictionary<string, ValueNames>> s_lists = new(Load);

    private readonly uint[] _values;
    private readonly byte[][] _names;

    private ValueNames(uint[] values, byte[][] names)
    {
        _values = values;
        _names = names;
    }

    /// <summary>The list of that name; null for none.</summary>
    public static ValueNames? Find(string list) => list.Length == 0 ? null : s_lists.Value.GetValueOrDefault(list);

    /// <summary>Appends the names of all bits of a value, in the order of the list, each bit named once: <c>O_RDWR|O_CREAT</c>.</summary>
    /// <remarks>A name that stands for the whole value ends the walk, as in sysdig; names for 0 count only when the value is 0.</remarks>
    [MethodImpl(HotPath.Compile)]
    public void AppendBits(TextBuffer text, uint value)
    {
        uint left = value;
        bool first = true;
        for (int i = 0; i < _values.Length; i++)
        {
            uint bits = _values[i];
            bool whole = bits == value;
            if (!whole && (bits == 0 || left == 0 || (left & bits) != bits))
                continue;
            if (!first)
                text.Append((byte)'|');
            text.Append(_names[i]);
            if (whole)
                return;
            first = false;
            left &= ~bits;
        }
    }

    /// <summary>Appends the names of a value that is no set of bits; two where it has two, as <c>AF_LOCAL|AF_UNIX</c>.</summary>
    public void AppendValue(TextBuffer text, uint value)
    {
        bool first = true;
        for (int i = 0; i < _values.Length; i++)
        {
            if (_values[i] != value)
                continue;
            if (!first)
                text.Append((byte)'|');
            text.Append(_names[i]);
            first = false;
        }
    }

    /// <summary>The value of a name.</summary>
    public bool TryGetValue(string name, out uint value)
    {
        byte[] sought = Encoding.ASCII.GetBytes(name);
        int index = Array.FindIndex(_names, n => n.AsSpan().SequenceEqual(sought));
        value = index < 0 ? 0 : _values[index];
        return index >= 0;
    }

    private static Dictionary<string, ValueNames> Load()
    {
        Dictionary<string, ValueNames> lists = [];
        foreach (string line in TableText.Lines("flags.txt"))
        {
            string[] words = line.Split(' ');
            uint[] values = new uint[words.Length - 1];
            byte[][] names = new byte[values.Length][];
            for (int i = 0; i < values.Length; i++)
            {
                ReadOnlySpan<char> word = words[i + 1];
                int equals = word.IndexOf('=');
                ReadOnlySpan<char> value = word[..equals];
                values[i] = value.StartsWith("0x") ? uint.Parse(value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : uint.Parse(value, CultureInfo.InvariantCulture);
                names[i] = Encoding.ASCII.GetBytes(word[(equals + 1)..].ToString());
            }

            lists.Add(words[0], new ValueNames(values, names));
        }

        return lists;
    }
}
