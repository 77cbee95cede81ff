using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Tracers.Engine.State;

/// <summary>Names of users or of groups by their ids, as the list of the section and later events tell them.</summary>
internal sealed class AccountNames
{
    private readonly Dictionary<uint, Entry> _entries = [];
    private int _numbers;

    /// <summary>The name; null when the capture does not tell it.</summary>
    public string? Name(uint id) => _entries.TryGetValue(id, out Entry entry) ? entry.Name : null;

    /// <summary>The same as bytes, and its <see cref="Number"/>; false when the capture does not tell it.</summary>
    public bool TryGet(uint id, out ReadOnlySpan<byte> name, out int number)
    {
        bool known = _entries.TryGetValue(id, out Entry entry) && entry.Utf8Name is not null;
        name = entry.Utf8Name;
        number = entry.Number;
        return known;
    }

    /// <summary>The name, else the number as text, as other tools show it; null for <see cref="ThreadDetails.NoId"/>.</summary>
    public string? Label(uint id)
    {
        if (id == ThreadDetails.NoId)
            return null;
        Number(id);
        ref Entry entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, id);
        return entry.Name ?? (entry.NumberText ??= id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A small number, from 1, that stands for this id with this name: another one once the name changes.</summary>
    public int Number(uint id)
    {
        if (_entries.TryGetValue(id, out Entry entry))
            return entry.Number;
        _entries.Add(id, new Entry(null, null, ++_numbers));
        return _numbers;
    }

    /// <summary>Adds or renames; where a list has an id twice the later entry counts.</summary>
    public void Set(uint id, ReadOnlySpan<byte> name) => _entries[id] = new Entry(Encoding.UTF8.GetString(name), name.ToArray(), ++_numbers);

    public void Remove(uint id) => _entries.Remove(id);

    /// <summary>Forgets all names; numbers are not given a second time.</summary>
    public void Clear() => _entries.Clear();

    private record struct Entry(string? Name, byte[]? Utf8Name, int Number)
    {
        public string? NumberText { get; set; }
    }
}
