namespace Tracers.Engine.Capture.Linux;

/// <summary>The lists of linux-values.txt that a table's ops refer to, each by its number.</summary>
internal sealed class ValueLists
{
    private readonly List<LinuxValues> _lists = [];

    /// <summary>The number of the list of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public ushort IndexOf(string name)
    {
        LinuxValues values = LinuxValues.Find(name);
        int index = _lists.IndexOf(values);
        if (index < 0)
        {
            index = _lists.Count;
            _lists.Add(values);
        }

        return (ushort)index;
    }

    /// <summary>The lists by number.</summary>
    public LinuxValues[] ToArray() => [.. _lists];
}
