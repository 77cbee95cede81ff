using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Numbers tag lists. Two lists are the same if every tag is; <c>a\.b</c> is one tag, <c>a.b</c> are two.</summary>
internal sealed class TagTable
{
    // The bytes as written, still escaped: one look-up a marker. Spellings of the same list lead to the same number.
    private readonly ByteInterner _spellings = new();
    private readonly Dictionary<string, int> _numbers = [];
    private int[] _numberOfSpelling = new int[128];
    private TagList[] _lists = new TagList[128];

    /// <summary>The number of a tag list as it stands in a marker.</summary>
    public int Intern(ReadOnlySpan<byte> written)
    {
        int known = _spellings.Count;
        int spelling = _spellings.Intern(written);
        return spelling < known ? _numberOfSpelling[spelling] : Add(spelling, written);
    }

    public TagList this[int number] => _lists[number];

    private int Add(int spelling, ReadOnlySpan<byte> written)
    {
        if (spelling >= _numberOfSpelling.Length)
            Array.Resize(ref _numberOfSpelling, _numberOfSpelling.Length * 2);

        string[] tags = MarkerParser.SplitTags(written);
        string key = string.Join('\0', tags) + (tags.Length == 0 ? "" : "\0");
        if (!_numbers.TryGetValue(key, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(key, number);
            if (number >= _lists.Length)
                Array.Resize(ref _lists, _lists.Length * 2);
            _lists[number] = new TagList(tags, string.Join('.', tags));
        }

        return _numberOfSpelling[spelling] = number;
    }
}
