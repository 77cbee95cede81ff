using System.Diagnostics;
using Tracers.Engine.Capture;
using Tracers.Engine.Spans;
using Tracers.Marks;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>Marks that the kernel sees, in captures of this machine.</summary>
[Collection(ProbeTestGroup.Name)]
public sealed class LiveMarkTests : IDisposable
{
    private static readonly ActivitySource s_source = new("Tracers.Tests.Live");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Languages => [.. Emitter.All.Keys];

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Spans_of_this_process_hold_what_was_read_in_them_also_through_a_descriptor_opened_before()
    {
        // Opens the descriptor.
        using (Tracer.Start("livebefore"))
        {
        }

        string text = new('x', 3900);
        Reading reading = Record(() =>
        {
            Thread[] threads = [.. Enumerable.Range(1, 4).Select(i => new Thread(() =>
            {
                using (Tracer.Start("livecs", ("n", i)))
                {
                    Read(i * 100);
                    using (Tracer.Start("inner", ("long", text)))
                        Read(i);
                }
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();
        });

        SpanRecord[] spans = [.. Spans(reading, "livecs")];
        Assert.Equal(8, spans.Length);
        Assert.All(spans, span => Assert.Equal(SpanState.Finished, span.State));
        Assert.All(spans.Where(s => s.Tags.Tags.Length == 2), s => Assert.Equal((ParentEvidence.Tags, text), (s.ParentEvidence, MarkerText.SplitArguments(s.Arguments).Single().Value)));
        Assert.Equal([("livecs", 1000), ("livecs.inner", 10)], BytesByTag(reading));
    }

    [SkippableFact]
    public void Activities_hold_what_was_read_in_them_on_whatever_thread()
    {
        Reading reading = Record(() =>
        {
            using (Tracer.MarkActivities(activity => activity.Source == s_source ? activity.OperationName : null))
                Task.WaitAll(Request("liveact.a", 1), Request("liveact.b", 100));
        });

        Assert.Equal([("liveact.a", 20), ("liveact.a.step", 10), ("liveact.b", 2000), ("liveact.b.step", 1000)], BytesByTag(reading));
        Assert.All(Spans(reading, "liveact"), span => Assert.Equal(SpanState.Finished, span.State));
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void The_marks_of_a_program_in_any_language_are_spans(string language)
    {
        MarkerCase[] cases = [.. MarkerCase.All.Where(c => language != "bash" || c.CanBeSaidToBash)];
        string[] command = EmitterProgram.Prepare(language, _folder.FullName);
        Reading reading = Record(() => EmitterProgram.Run(command[0], [.. command[1..], .. EmitterProgram.Arguments(cases)]));

        string[] tags = [.. cases.Where(c => c.Tags is not null).Select(c => c.Tag)];
        Assert.Equal([.. tags, .. tags.Select(tag => "outer." + tag), "outer"], reading.Spans.Select(s => s.Tags.Text));
        Assert.All(reading.Spans, span => Assert.Equal(SpanState.Finished, span.State));
        Assert.All(reading.Spans.SkipLast(1).Skip(tags.Length).Where(s => s.Tags.Tags.Length == 2), span => Assert.Equal(ParentEvidence.Tags, span.ParentEvidence));
    }

    private static async Task Request(string name, int unit)
    {
        using Activity? request = s_source.StartActivity(name);
        for (int i = 0; i < 10; i++)
        {
            Read(unit);
            await Task.Delay(1);
            Read(unit);
            await Step(unit);
        }
    }

    private static async Task Step(int unit)
    {
        using Activity? step = s_source.StartActivity("step");
        await Task.Yield();
        Read(unit);
    }

    private static void Read(int bytes)
    {
        using FileStream zeros = new("/dev/zero", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        zeros.ReadExactly(new byte[bytes]);
    }

    private Reading Record(Action work)
    {
        LiveMachine.Require();
        string path = Path.Join(_folder.FullName, "live.scap");
        using (CaptureSession session = CaptureSession.Start(new CaptureOptions { Path = path, ProcessIds = [Environment.ProcessId] }))
        {
            work();
            session.Stop();
            Assert.Null(session.Error);
        }

        Reading reading = Reading.OfFile(path);
        Assert.Null(reading.Error);
        return reading;
    }

    private static IEnumerable<SpanRecord> Spans(Reading reading, string tag) => reading.Spans.Where(s => s.Tags.Text.StartsWith(tag, StringComparison.Ordinal));

    private static IEnumerable<(string Tag, long Bytes)> BytesByTag(Reading reading) =>
        reading.Io.Where(io => io.FdName == "/dev/zero").GroupBy(io => io.SpanTags ?? "none").Select(g => (g.Key, g.Sum(io => io.Result))).OrderBy(row => row.Key, StringComparer.Ordinal);
}
