using System.Globalization;
using System.Numerics;
using Tracers.Engine.Events;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A list of linux-values.txt: turns Linux's flags or commands into those of the format.</summary>
internal sealed class LinuxValues
{
    private static readonly Lazy<Dictionary<string, LinuxValues>> s_lists = new(Load);

    private const int SmallNumbers = 128;

    private readonly uint _mask;
    private readonly uint _other;
    private readonly bool _keepsOther;
    private readonly uint[] _byBit = new uint[32];
    private readonly uint[] _small = new uint[SmallNumbers];
    private readonly (uint From, uint To)[] _numbers;

    private LinuxValues(uint mask, uint other, bool keepsOther, IReadOnlyList<(uint From, uint To)> entries)
    {
        _mask = mask;
        _other = other;
        _keepsOther = keepsOther;
        List<(uint, uint)> numbers = [];
        for (uint i = 0; i < SmallNumbers; i++)
            _small[i] = keepsOther ? i : other;
        foreach ((uint from, uint to) in entries)
        {
            if ((from & ~mask) != 0)
                _byBit[BitOperations.TrailingZeroCount(from)] = to;
            else if (from < SmallNumbers)
                _small[from] = to;
            else
                numbers.Add((from, to));
        }

        _numbers = [.. numbers];
    }

    /// <summary>The list of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static LinuxValues Find(string name) =>
        s_lists.Value.GetValueOrDefault(name) ?? throw new InvalidOperationException($"calls.txt: linux-values.txt has no list '{name}'");

    /// <summary>Names of all lists.</summary>
    public static IEnumerable<string> Names => s_lists.Value.Keys;

    /// <summary>The format's value.</summary>
    public uint Convert(uint value)
    {
        uint converted = 0;
        if (_mask != 0)
        {
            uint number = value & _mask;
            converted = number < SmallNumbers ? _small[number] : ConvertLarge(number);
        }

        for (uint bits = value & ~_mask; bits != 0; bits &= bits - 1)
            converted |= _byBit[BitOperations.TrailingZeroCount(bits)];
        return converted;
    }

    private uint ConvertLarge(uint number)
    {
        foreach ((uint from, uint to) in _numbers)
        {
            if (from == number)
                return to;
        }

        return _keepsOther ? number : _other;
    }

    private static Dictionary<string, LinuxValues> Load()
    {
        Dictionary<string, LinuxValues> lists = [];
        foreach (string line in TableText.Lines("linux-values.txt"))
        {
            string[] words = line.Split(' ');
            ValueNames? names = words[1] == "-" ? null
                : ValueNames.Find(words[1]) ?? throw new InvalidOperationException($"linux-values.txt: flags.txt has no list '{words[1]}'");
            List<(uint, uint)> entries = [];
            foreach (string word in words.AsSpan(4))
            {
                int equals = word.IndexOf('=', StringComparison.Ordinal);
                entries.Add((Number(word.AsSpan(0, equals)), ValueOf(names, word[(equals + 1)..])));
            }

            bool keepsOther = words[3] == "=";
            lists.Add(words[0], new LinuxValues(Number(words[2]), keepsOther ? 0 : ValueOf(names, words[3]), keepsOther, entries));
        }

        return lists;
    }

    private static uint ValueOf(ValueNames? names, string word)
    {
        if (char.IsAsciiDigit(word[0]))
            return Number(word);
        return names is not null && names.TryGetValue(word, out uint value) ? value
            : throw new InvalidOperationException($"linux-values.txt: the format has no value '{word}' in that list");
    }

    private static uint Number(ReadOnlySpan<char> text) =>
        text.StartsWith("0x") ? uint.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : uint.Parse(text, CultureInfo.InvariantCulture);
}
