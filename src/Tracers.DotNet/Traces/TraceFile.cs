using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Traces;

/// <summary>Reads traces from files.</summary>
internal static class TraceFile
{
    /// <summary>See <see cref="IRuntimeDiagnostics.ReadTrace"/>.</summary>
    public static void Read(string path, IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation)
    {
        throw new NotSupportedException();
    }
}
