namespace Tracers.Engine.Spans;

/// <summary>The open spans of one thread, one process or the machine: for each <see cref="OpenSpans"/> of the pass those that it keeps, newest first.</summary>
internal sealed class OpenSpanList
{
    private OpenSpanLink?[] _newest = [];

    /// <summary>The newest span that the <see cref="OpenSpans"/> with this number keeps; null for none.</summary>
    public OpenSpanLink? this[int number]
    {
        get => (uint)number < (uint)_newest.Length ? _newest[number] : null;
        set
        {
            if (number >= _newest.Length)
                Array.Resize(ref _newest, number + 1);
            _newest[number] = value;
        }
    }
}
