using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Spans;

/// <summary>Numbers tag lists. Two lists are the same if every tag is; <c>a\.b</c> is one tag, <c>a.b</c> are two.</summary>
internal sealed class TagTable
{
    /// <summary>Stands for the list around one that has fewer than two tags.</summary>
    public const int NoList = -1;

    private const int NotLookedFor = -2;

    // The bytes as written, still escaped: one look-up a marker. A list has the number of its shortest spelling.
    private readonly ByteInterner _spellings = new();
    private int[] _numberOfSpelling = new int[128];
    private int[] _outer = new int[128];
    private TagList?[] _lists = new TagList?[128];
    private TagBytes?[] _bytes = new TagBytes?[128];

    /// <summary>About how much memory the lists take, in bytes.</summary>
    public long Weight => _spellings.Weight;

    /// <summary>The number of a tag list as it stands in a marker.</summary>
    [MethodImpl(HotPath.Compile)]
    public int Intern(ReadOnlySpan<byte> written)
    {
        int known = _spellings.Count;
        int spelling = _spellings.Intern(written);
        return spelling < known ? _numberOfSpelling[spelling] : Add(spelling, written);
    }

    /// <summary>Whether a list stands in a marker as its number's shortest spelling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSpelled(int number, ReadOnlySpan<byte> written) => _spellings.Bytes(number).SequenceEqual(written);

    public TagList this[int number] => _lists[number] ??= Describe(number);

    /// <summary>The tags of a list as bytes.</summary>
    public TagBytes Bytes(int number) => _bytes[number] ??= new TagBytes(MarkerText.SplitTagBytes(_spellings.Bytes(number)));

    /// <summary>The number of a list without its last tag; <see cref="NoList"/> when it has only one or none.</summary>
    public int OuterOf(int number)
    {
        int outer = _outer[number];
        return outer == NotLookedFor ? FindOuter(number) : outer;
    }

    private int FindOuter(int number)
    {
        ReadOnlySpan<byte> tags = _spellings.Bytes(number);
        int length = MarkerText.LengthOfOuterTags(tags);
        int outer = length < 0 ? NoList : Intern(length == 0 ? MarkerText.EmptyTag : tags[..length]);
        _outer[number] = outer;
        return outer;
    }

    private int Add(int spelling, ReadOnlySpan<byte> written)
    {
        if (spelling >= _numberOfSpelling.Length)
        {
            Array.Resize(ref _numberOfSpelling, _numberOfSpelling.Length * 2);
            Array.Resize(ref _outer, _outer.Length * 2);
            Array.Resize(ref _lists, _lists.Length * 2);
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        // Its own number first, so that the shortest spelling finds itself.
        _numberOfSpelling[spelling] = spelling;
        _outer[spelling] = NotLookedFor;
        if (!written.Contains((byte)'\\'))
            return spelling;
        int number = Intern(MarkerText.ShortestTags(written));
        return _numberOfSpelling[spelling] = number;
    }

    private TagList Describe(int number)
    {
        string[] tags = MarkerText.SplitTags(_spellings.Bytes(number));
        return new TagList(tags, string.Join('.', tags));
    }
}
