using Microsoft.Diagnostics.Tracing;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;

namespace Tracers.DotNet.Traces;

/// <summary>Reads an .etl trace, which only Windows can.</summary>
/// <remarks>
/// The events of .NET have the same names there as in .nettrace. This way was never tried: it needs a machine with Windows, and the tests run
/// on Linux. Processes are not told apart, so the trace should be of one.
/// </remarks>
internal static class WindowsTrace
{
    /// <summary>See <see cref="IRuntimeDiagnostics.ReadTrace"/>.</summary>
    public static void Read(string path, IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsWindows())
            throw new ScapFormatException(path, 0, "file", $"'{path}' is a trace of Windows, which only Windows can read. Read it there, or record a .nettrace file: dotnet-trace collect.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        try
        {
            using ETWTraceEventSource source = new(path);
            using CancellationTokenRegistration stop = cancellation.Register(source.StopProcessing);
            long wall = (source.SessionStartTime.ToUniversalTime() - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            using TracePump pump = new(source, new RuntimeTrace { Pid = 0, ClockTime = wall, WallTime = wall }, sink, everything: true);
            pump.Run();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or UnauthorizedAccessException))
        {
            throw new ScapFormatException(path, 0, "file", $"'{path}' cannot be read as a trace of Windows: {e.Message.TrimEnd('.')}. Record it again.");
        }

        cancellation.ThrowIfCancellationRequested();
        progress?.Invoke(new FileInfo(path).Length);
    }
}
