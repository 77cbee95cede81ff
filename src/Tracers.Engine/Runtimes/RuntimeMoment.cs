namespace Tracers.Engine.Runtimes;

/// <summary>When a runtime said something, and on which of its threads.</summary>
/// <param name="Time">The runtime's clock, ns: on Linux CLOCK_MONOTONIC.</param>
/// <param name="Tid">The thread, as its own pid namespace numbers it.</param>
internal readonly record struct RuntimeMoment(long Time, int Tid);
