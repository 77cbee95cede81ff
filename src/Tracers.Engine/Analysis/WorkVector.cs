using System.Runtime.CompilerServices;

namespace Tracers.Engine.Analysis;

/// <summary>Running numbers of a thread or a span, see <see cref="WorkField"/>.</summary>
[InlineArray(Length)]
internal struct WorkVector
{
    public const int Length = (int)WorkField.PipeBytes + 1;

    /// <summary>How many of the places are times: the first.</summary>
    public const int Times = (int)WorkField.WaitTime + 1;

    private long _first;

    /// <summary>Adds what has come to some of the first places between two states of another vector.</summary>
    public void AddChange(in WorkVector from, in WorkVector to, int places)
    {
        for (int i = 0; i < places; i++)
            this[i] += to[i] - from[i];
    }

    public readonly long Sum(int places)
    {
        long sum = 0;
        for (int i = 0; i < places; i++)
            sum += this[i];
        return sum;
    }
}
