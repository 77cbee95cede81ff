using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Tracers.DotNet;
using Tracers.DotNet.Sessions;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>A trace of the test service, recorded once, is read whole, in parts and damaged.</summary>
public sealed class TraceFileTests(TraceFileTests.Recorded recorded) : IClassFixture<TraceFileTests.Recorded>, IDisposable
{
    private const int Requests = 60;
    private const int Mutations = 300;

    private static readonly RuntimeDiagnostics s_diagnostics = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trace_gives_activities_pauses_and_pairs_of_events()
    {
        List<long> progress = [];
        SinkLog log = Read(recorded.Path, progress.Add);
        Assert.Equal(new FileInfo(recorded.Path).Length, progress[^1]);
        Assert.Null(log.Disorder);
        Assert.Equal(Requests, log.Of<RuntimeRequest>(nameof(log.RequestBegan)).Count);
        Assert.Equal(log.Began.Select(b => b.Value.Id).Order(), log.Ended.Select(e => e.Value.Id).Order());
        Assert.NotEmpty(log.Of<Guid>(nameof(log.ContextChanged)));
        RuntimeSection[] sections = [.. log.Of<RuntimeSection>(nameof(log.SectionBegan)).Select(s => s.Value)];
        Assert.Equal(Enumerable.Range(1, sections.Length).Select(n => (long)n), sections.Select(s => s.Number));
        Assert.Equal(Requests, sections.Count(s => s.Tag == "Microsoft.AspNetCore.Hosting.Request"));
        RuntimeSection pause = sections.First(s => s.Tag == "gc.pause");
        (long Number, Dictionary<string, string> Arguments)[] ends = [.. log.Of<(long, Dictionary<string, string>)>(nameof(log.SectionEnded)).Select(e => e.Value)];
        Assert.Equal(ends.Length, ends.Select(e => e.Number).Distinct().Count());
        Assert.Equal(["generation", "reason"], ends.Single(e => e.Number == pause.Number).Arguments.Keys);
    }

    [Fact]
    public void A_trace_that_is_cut_off_gives_what_is_whole_and_then_one_error()
    {
        byte[] bytes = File.ReadAllBytes(recorded.Path);
        string path = Write("cut.nettrace", bytes.AsSpan(0, bytes.Length * 9 / 10));
        SinkLog log = new();
        ScapFormatException error = Assert.Throws<ScapFormatException>(() => s_diagnostics.ReadTrace(path, log, null, CancellationToken.None));
        Assert.Equal((path, true), (error.Path, error.EndsEarly));
        Assert.Equal($"'{path}' is cut off at byte {error.Offset}: it ends in the middle of a block. What is before it was read; copy the file again, or record it again.", error.Message);
        Assert.InRange(log.Began.Count, Requests / 3, Requests * 3);
        Assert.Null(log.Disorder);
    }

    [Fact]
    public void Every_way_to_damage_a_trace_is_one_error_or_none()
    {
        byte[] whole = File.ReadAllBytes(recorded.Path);
        Random random = new(20);
        long begin = Stopwatch.GetTimestamp();
        int errors = 0;
        for (int i = 0; i < Mutations && Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(20); i++)
        {
            byte[] damaged = i % 5 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int changes = random.Next(1, 8); i % 5 > 0 && changes > 0; changes--)
            {
                // Most counts and names are near the start.
                int at = random.Next(i % 2 == 0 ? damaged.Length : Math.Min(damaged.Length, 4096)) & ~3;
                if (i % 3 == 0)
                    damaged[at] = (byte)random.Next(256);
                else if (at + 4 <= damaged.Length)
                    BitConverter.TryWriteBytes(damaged.AsSpan(at), random.Next(3) switch { 0 => int.MaxValue, 1 => -1, _ => random.Next() });
            }

            string path = Write("damaged.nettrace", damaged);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                s_diagnostics.ReadTrace(path, new SinkLog(), null, CancellationToken.None);
            }
            catch (ScapFormatException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
                errors++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 256 << 20);
        }

        Assert.InRange(errors, 20, Mutations);
    }

    [Theory]
    [InlineData("", "is no .nettrace trace: it is empty. Give a file that dotnet-trace or another tool of .NET has made.")]
    [InlineData("Nettrace", "is no .nettrace trace: it ends in its header. Give a file that dotnet-trace or another tool of .NET has made.")]
    [InlineData("hello, what a text", "is no .nettrace trace: it does not begin with 'Nettrace'. Give a file that dotnet-trace or another tool of .NET has made.")]
    [InlineData("Nettrace\x7f\0\0\0and more", "cannot be read: its header is not of a version from 4 to 6. Record it with a current dotnet-trace.")]
    [InlineData("Nettrace\0\0\0\0\x07\0\0\0\0\0\0\0\0\0\0\0", "cannot be read: it has version 7 of the format, and versions 4 to 6 can be read. Record it with a current dotnet-trace.")]
    public void What_is_no_trace_is_one_error(string content, string message)
    {
        string path = Write("foreign.nettrace", System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Equal($"'{path}' {message}", Assert.Throws<ScapFormatException>(() => s_diagnostics.ReadTrace(path, new SinkLog(), null, CancellationToken.None)).Message);
    }

    [Fact]
    public void A_trace_of_version_6_is_read()
    {
        // The magic, the version, a block of kind 1 with clock and process, the block of kind 0 that ends it.
        byte[] trace =
        [
            .. "Nettrace"u8, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 56, 0, 0, 1,
            .. new short[] { 2026, 3, 0, 4, 5, 6, 7, 8 }.SelectMany(BitConverter.GetBytes),
            .. BitConverter.GetBytes(5_000L), .. BitConverter.GetBytes(10_000_000L), 8, 0, 0, 0, 1, 0, 0, 0,
            9, .. "ProcessId"u8, 2, .. "42"u8, 0, 0, 0,
            0, 0, 0, 0,
        ];
        SinkLog log = Read(Write("six.nettrace", trace));
        Assert.Equal((42, 500_000L, new DateTime(2026, 3, 4, 5, 6, 7, 8)), (log.Trace!.Pid, log.Trace.ClockTime, DateTime.UnixEpoch.AddTicks(log.Trace.WallTime / 100)));
    }

    [SkippableFact]
    public void A_trace_of_Windows_is_one_error_elsewhere()
    {
        Skip.If(OperatingSystem.IsWindows());
        string path = Write("trace.etl", "x"u8);
        Assert.Equal(
            $"'{path}' is a trace of Windows, which only Windows can read. Read it there, or record a .nettrace file: dotnet-trace collect.",
            Assert.Throws<ScapFormatException>(() => s_diagnostics.ReadTrace(path, new SinkLog(), null, CancellationToken.None)).Message);
    }

    [Fact]
    public void Reading_can_be_cancelled_and_a_missing_file_is_said_so()
    {
        Assert.Throws<OperationCanceledException>(() => s_diagnostics.ReadTrace(recorded.Path, new SinkLog(), null, new CancellationToken(true)));
        Assert.Throws<FileNotFoundException>(() => s_diagnostics.ReadTrace(Path.Join(_folder.FullName, "none.nettrace"), new SinkLog(), null, CancellationToken.None));
    }

    private static SinkLog Read(string path, Action<long>? progress = null)
    {
        SinkLog log = new();
        s_diagnostics.ReadTrace(path, log, progress, CancellationToken.None);
        return log;
    }

    private string Write(string name, ReadOnlySpan<byte> bytes)
    {
        string path = Path.Join(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The recorded trace.</summary>
    public sealed class Recorded : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Recorded()
        {
            using DotNetService service = DotNetService.Start();
            EventPipeProvider[] providers =
            [
                .. SessionProviders.Of(RuntimeListening.Activities), new EventPipeProvider("Microsoft.AspNetCore.Hosting", EventLevel.Informational, -1),
            ];
            using EventPipeSession session = new DiagnosticsClient(service.Pid).StartEventPipeSession(new EventPipeSessionConfiguration(providers, 64, requestRundown: false, requestStackwalk: false));
            Task copy = Task.Run(() =>
            {
                using FileStream file = File.Create(Path);
                session.EventStream.CopyTo(file);
            });
            ServiceLoad.RunAsync(service.Address, Requests, 4, ["sync", "async"]).GetAwaiter().GetResult();

            // The load allocates little; the collector's keyword also takes the command to collect.
            using (EventPipeSession collect = new DiagnosticsClient(service.Pid).StartEventPipeSession(new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, 0x800000), requestRundown: false))
            {
                Task.Run(() => collect.EventStream.CopyTo(Stream.Null));
                Thread.Sleep(500);
                collect.Stop();
            }

            session.Stop();
            copy.GetAwaiter().GetResult();
        }

        public string Path => System.IO.Path.Join(_folder.FullName, "service.nettrace");

        public void Dispose() => _folder.Dispose();
    }
}
