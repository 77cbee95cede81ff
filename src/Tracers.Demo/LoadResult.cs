namespace Tracers.Demo;

/// <summary>How one request went.</summary>
/// <param name="Path">What was asked for; the same for all numbers of /fib.</param>
/// <param name="Time">From the connection to the last byte.</param>
/// <param name="Bytes">Bytes of the body that arrived.</param>
/// <param name="IsWhole">Whether it succeeded, and all of it arrived before the load ended.</param>
internal readonly record struct LoadResult(string Path, TimeSpan Time, long Bytes, bool IsWhole);
