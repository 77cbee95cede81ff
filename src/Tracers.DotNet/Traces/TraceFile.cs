using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;

namespace Tracers.DotNet.Traces;

/// <summary>Reads traces from files.</summary>
internal static class TraceFile
{
    private const int BufferLength = 1 << 20;
    private const long ProgressStep = 4 << 20;
    private const string Advice = "Record it again, for example with dotnet-trace collect, and let that end by itself.";

    /// <summary>See <see cref="IRuntimeDiagnostics.ReadTrace"/>.</summary>
    public static void Read(string path, IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation)
    {
        if (Path.GetExtension(path).Equals(".etl", StringComparison.OrdinalIgnoreCase))
        {
            WindowsTrace.Read(path, sink, progress, cancellation);
            return;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferLength, FileOptions.SequentialScan);
        BlockStream? blocks = null;
        bool sinkFailed = false;
        try
        {
            NettraceHeader header = NettraceHeader.Read(file);
            blocks = new BlockStream(file, header, cancellation, progress is null ? null : Steps(progress));
            GuardedSink guarded = new(sink);
            using TracePump pump = new(blocks, header, guarded, everything: true, ProcessInfo.FindCommandLine(file, cancellation));
            try
            {
                pump.Run();
            }
            finally
            {
                sinkFailed = guarded.Failed;
            }
        }
        catch (NettraceFormatException e)
        {
            throw ToFormatException(path, e);
        }
        catch (Exception e) when (!sinkFailed && e is not (OperationCanceledException or OutOfMemoryException) && !IsOfFile(e, file))
        {
            // Whatever the decoder stumbles over is in the bytes.
            long offset = blocks?.BytesRead ?? 0;
            throw new ScapFormatException(path, offset, "event block", FormattableString.Invariant($"'{path}' is damaged somewhere before byte {offset}: {e.Message.TrimEnd('.')}. {Advice}"));
        }

        if (blocks.Fault is { } fault)
            throw ToFormatException(path, fault);
        progress?.Invoke(blocks.BytesRead);
    }

    private static Action<long> Steps(Action<long> progress)
    {
        long next = ProgressStep;
        return bytes =>
        {
            if (bytes < next)
                return;
            next = bytes + ProgressStep;
            progress(bytes);
        };
    }

    // A file that cannot be read, by a disk that fails, throws from where it is read.
    private static bool IsOfFile(Exception e, FileStream file) => e is IOException and not EndOfStreamException && file.Position < file.Length;

    private static ScapFormatException ToFormatException(string path, NettraceFormatException e)
    {
        string text = e switch
        {
            { Field: "magic" } or { Field: "header", EndsEarly: true } => $"'{path}' is no .nettrace trace: {e.Message}. Give a file that dotnet-trace or another tool of .NET has made.",
            { Field: "version" or "header" } => $"'{path}' cannot be read: {e.Message}. Record it with a current dotnet-trace.",
            { EndsEarly: true } => FormattableString.Invariant($"'{path}' is cut off at byte {e.Offset}: {e.Message}. What is before it was read; copy the file again, or record it again."),
            _ => FormattableString.Invariant($"'{path}', byte {e.Offset}: {e.Message}. {Advice}"),
        };
        return new ScapFormatException(path, e.Offset, e.Field, text) { EndsEarly = e.EndsEarly };
    }
}
