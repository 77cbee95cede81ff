namespace Tracers.Engine.Analysis;

/// <summary>Gives sparse numbers (tids, span ids) small ones, counted from 1.</summary>
internal sealed class NumberInterner
{
    private readonly Dictionary<long, int> _ids = [];

    public int Intern(long number)
    {
        if (!_ids.TryGetValue(number, out int id))
            _ids.Add(number, id = _ids.Count + 1);
        return id;
    }
}
