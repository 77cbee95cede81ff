using Tracers.Tests.Engine;

namespace Tracers.Benchmarks;

/// <summary>So many events that what a pass needs once is less than a byte an event.</summary>
internal static class EventCount
{
    public const int Events = 12_000_000;

    /// <summary>A load, and how many blocks of it are about so many events.</summary>
    public static (RepeatedLoad Load, int Blocks) Of(string kind)
    {
        RepeatedLoad load = RepeatedLoad.Of(kind);
        return (load, Events / load.Events);
    }
}
