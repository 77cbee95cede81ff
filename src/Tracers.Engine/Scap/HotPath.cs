using System.Runtime.CompilerServices;

namespace Tracers.Engine.Scap;

/// <summary>How the methods that run for most events, or for each marker, are compiled.</summary>
/// <remarks>
/// At once and in full, for the processor at hand and with calls that go straight to their targets: that is a tenth faster on a large capture than
/// the precompiled code that all others have, which costs nothing to start with; tiering up costs a tenth of a second of counting and compiling
/// again. Each such method costs about a millisecond: what is rare, or large, is left to the precompiler. Measured with tests/Tracers.Benchmarks.
/// </remarks>
internal static class HotPath
{
    public const MethodImplOptions Compile = MethodImplOptions.AggressiveOptimization;
}
