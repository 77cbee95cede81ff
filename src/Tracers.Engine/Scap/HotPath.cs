using System.Runtime.CompilerServices;

namespace Tracers.Engine.Scap;

/// <summary>How the methods that run once an event or once a marker are compiled.</summary>
/// <remarks>
/// At once and in full. Precompiled code may not inline the framework's span methods, and tiering up costs a tenth of a second of
/// counting and compiling again, which a capture of a gigabyte does not take three times. Measured with tests/Tracers.Benchmarks.
/// </remarks>
internal static class HotPath
{
    public const MethodImplOptions Compile = MethodImplOptions.AggressiveOptimization;
}
