using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>The thread that makes a capture of a trace ends with its reader, and does not run ahead of it.</summary>
public sealed class TraceStoppingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Without end, as far as a test can tell.
    private readonly TraceScript _script = new TraceScript { Times = 100_000_000 }.Begin(0, 20, 0x20, "request").End(10, 20, 0x20);

    private string Path => System.IO.Path.Join(_folder.FullName, "endless.nettrace");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_reader_that_is_let_go_of_ends_the_thread()
    {
        ScriptedDiagnostics.Write(Path, _script);
        using (CaptureFile file = new(Path, keepArguments: true, CancellationToken.None))
            Assert.Equal("nettrace", file.Statistics.Format);
        int said = _script.Said;
        Thread.Sleep(50);
        Assert.Equal(said, _script.Said);
    }

    [Fact]
    public void Cancelling_ends_the_reading_at_once_and_the_thread_with_it()
    {
        ScriptedDiagnostics.Write(Path, _script);
        using CancellationTokenSource stop = new();
        int spans = 0;
        using (CaptureFile file = new(Path, keepArguments: true, stop.Token))
        {
            Assert.Throws<OperationCanceledException>(() => file.ReadSpans(new SpanQuery(), _ =>
            {
                if (++spans == 10_000)
                    stop.Cancel();
            }));
        }

        int said = _script.Said;
        Thread.Sleep(50);
        Assert.Equal(said, _script.Said);
        Assert.InRange(spans, 10_000, 50_000);
    }

    [Fact]
    public void While_nobody_reads_only_so_much_is_made()
    {
        ScriptedDiagnostics.Write(Path, _script);
        using ByteSource source = CaptureBytes.Open(Path, CancellationToken.None);
        int said = -1;
        while (said != _script.Said)
        {
            said = _script.Said;
            Thread.Sleep(50);
        }

        // A span takes at least 150 bytes, and four pieces and a writer's buffer have room.
        Assert.InRange(said, 1, 2 * 5 * PieceSource.PieceSize / 150);
    }

    [Fact]
    public void Progress_tells_how_far_the_trace_was_read()
    {
        TraceScript script = new TraceScript { Times = 50 }.Begin(0, 20, 0x20, "request").End(10, 20, 0x20);
        ScriptedDiagnostics.Write(Path, script);
        List<long> told = [];
        using CaptureFile file = new(Path, keepArguments: true, CancellationToken.None) { Progress = told.Add };
        file.ReadSpans(new SpanQuery(), static _ => { });
        Assert.Equal((100L, 100L), (file.Statistics.FileLength, told[^1]));
    }

    [Fact]
    public void What_is_no_plain_file_or_cannot_be_read_here_says_what_to_do()
    {
        byte[] trace = [.. "Nettrace"u8, .. new byte[92]];
        ScapFormatException pipe = Assert.Throws<ScapFormatException>(() => Run(ByteSource.OpenStream("-", _ => new MemoryStream(trace), CancellationToken.None)));
        Assert.Equal("'-' is a trace of a .NET runtime (.nettrace), and those are read from plain files only. Store it in a file, uncompressed, and give that.", pipe.Message);
        ScapFormatException missing = Assert.Throws<ScapFormatException>(() => RuntimeTraceFile.Open("x.nettrace", null, CancellationToken.None));
        Assert.Equal("'x.nettrace' is a trace of a .NET runtime, and what reads those is not part of this installation. Install the whole module again.", missing.Message);
        if (OperatingSystem.IsWindows())
            return;
        string etl = _folder.File("x.ETL");
        ScapFormatException windows = Assert.Throws<ScapFormatException>(() => CaptureBytes.Open(etl, CancellationToken.None));
        Assert.Equal($"'{etl}' is a trace of Windows, which can only be read there. Read it on Windows, or record with dotnet-trace, whose .nettrace files are read everywhere.", windows.Message);
    }

    [Fact]
    public void A_trace_counts_as_a_capture_that_must_not_be_written_over()
    {
        ScriptedDiagnostics.Write(Path, _script);
        Assert.True(CaptureFile.IsCapture(Path));
        Assert.Equal(0, _script.Said);
    }

    private static void Run(ByteSource source)
    {
        using CaptureFile file = new("-", source, keepArguments: true, CancellationToken.None);
        file.ReadSpans(new SpanQuery(), static _ => { });
    }
}
