using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Spans;
using Tracers.Marks;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>The emitters of all languages write the same bytes: what strace sees them write, and what the engine makes of it.</summary>
[Collection(MarksTests.Name)]
public sealed partial class EmitterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Languages => [.. Emitter.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dotnet_writes_what_the_table_says()
    {
        using RecordingOutput output = new();
        void Run()
        {
            foreach (MarkerCase c in MarkerCase.All)
            {
                using (Tracer.Start(c.Tag, [.. c.Arguments.Chunk(2).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1]))]))
                {
                }
            }
        }

        Run();
        using (Tracer.Start("outer"))
            Run();
        int here = 1000 + Environment.CurrentManagedThreadId;
        AssertIs(MarkerCase.All, output.Written().Where(w => w.Thread == here).SelectMany(w => w.Bytes));
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public void Every_language_writes_what_the_table_says(string language)
    {
        MarkerCase[] cases = [.. MarkerCase.All.Where(c => language != "bash" || c.CanBeSaidToBash)];
        string trace = Run(language, cases);

        // Opened once, and not handed on to other programs where the language can have it so.
        string opened = Assert.Single(OpenedForWriting().Matches(trace)).Value;
        Assert.Equal(language != "bash", opened.Contains("O_CLOEXEC", StringComparison.Ordinal));

        (int Thread, byte[] Bytes)[] writes = [.. Write().Matches(trace).Select(WriteOf)];
        AssertIs(cases, writes.SelectMany(w => w.Bytes));
        int[] threads = [.. writes.Select(w => w.Thread).Distinct()];
        CaptureBuilder capture = new CaptureBuilder().Header().Processes([.. threads.Select(tid => CaptureBuilder.Process(tid))]);
        foreach (int tid in threads)
            capture.Fds(tid, FdRecord.ForFile(3, "/dev/null", 2));
        foreach ((int thread, byte[] bytes) in writes)
            capture.Write(thread, 3, bytes);
        Reading reading = Reading.Of(capture);
        Assert.Equal(0, reading.Statistics.BadMarkers);
        Assert.Equal(2 * cases.Count(c => c.Tags is not null) + 1, reading.Spans.Count);
        Assert.All(reading.Spans, span => Assert.Equal(SpanState.Finished, span.State));
        MarkerCase odd = cases.First(c => c.Tag.StartsWith("line", StringComparison.Ordinal));
        Assert.Equal([new("n", "1\n2")], MarkerText.SplitArguments(reading.Spans.First(s => s.Tags.Text == odd.Tag).Arguments));
    }

    [SkippableTheory]
    [InlineData("Python", "import sys; sys.path.insert(0, sys.argv[1])\nimport tracer\ntry:\n    with tracer.span('fails'): raise ValueError\nexcept ValueError: print('caught')")]
    [InlineData("Node", "const { span } = require(process.argv[2] + '/tracer.js');\ntry { span('fails', () => { throw new Error(); }); } catch { console.log('caught'); }")]
    [InlineData("Node", "const { span } = require(process.argv[2] + '/tracer.js');\nspan('fails', async () => { await null; throw new Error(); }).catch(() => console.log('caught'));")]
    [InlineData("Python", "import sys, asyncio; sys.path.insert(0, sys.argv[1])\nimport tracer\n@tracer.span('fails')\nasync def f():\n    await asyncio.sleep(0)\n    raise ValueError\ntry: asyncio.run(f())\nexcept ValueError: print('caught')")]
    [InlineData("bash", ". \"$1/tracer.sh\"; tracer_span fails false || echo caught")]
    public void What_fails_ends_its_span_and_fails_as_it_would_have(string language, string script)
    {
        string trace = Run(language, [], script);
        byte[] written = [.. Write().Matches(trace).SelectMany(m => WriteOf(m).Bytes)];
        Assert.Equal(">:#:fails::<:#:fails::", WithoutIds(written));
    }

    [SkippableFact]
    public void Two_subshells_of_a_script_have_spans_of_their_own_inside_of_the_scripts()
    {
        string trace = Run("bash", [], ". \"$1/tracer.sh\"; tracer_begin all; for i in 1 2; do (tracer_begin part; tracer_end) & done; wait; tracer_end");
        string[] ids = [.. Write().Matches(trace).Select(m => Encoding.UTF8.GetString(WriteOf(m).Bytes)).Where(text => text[0] == '>').Select(text => text.Split(':')[1])];
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(2, Write().Matches(trace).Count(m => Encoding.UTF8.GetString(WriteOf(m).Bytes).EndsWith($"all.part:parent={ids[0]}:", StringComparison.Ordinal)));
    }

    private static void AssertIs(IEnumerable<MarkerCase> cases, IEnumerable<byte> written)
    {
        StringBuilder expected = new();
        foreach (MarkerCase c in cases.Where(c => c.Tags is not null))
            expected.Append(CultureInfo.InvariantCulture, $">:#:{c.Tags}:{c.Written}:<:#:{c.Tags}::");
        expected.Append(">:#:outer::");
        foreach (MarkerCase c in cases.Where(c => c.Tags is not null))
        {
            // The escape of the zero is for the first tag of all.
            string tags = c.Tags!.StartsWith("\\0", StringComparison.Ordinal) ? c.Tags[1..] : c.Tags;
            expected.Append(CultureInfo.InvariantCulture, $">:#:outer.{tags}:{c.Written}:<:#:outer.{tags}::");
        }

        expected.Append("<:#:outer::");
        Assert.Equal(expected.ToString(), WithoutIds([.. written]));
    }

    private static string WithoutIds(byte[] written) => Id().Replace(Encoding.UTF8.GetString(written), "$1:#:");

    // What strace says of all that the program did with /dev/null.
    private string Run(string language, IEnumerable<MarkerCase> cases, string? script = null)
    {
        Skip.IfNot(File.Exists("/usr/bin/strace"), "strace is not installed: apt-get install strace");
        string trace = Path.Join(_folder.FullName, "trace");
        string[] command = EmitterProgram.Prepare(language, _folder.FullName, script);
        string output = EmitterProgram.Run(
            "strace",
            ["-f", "-qq", "-xx", "-s", "8192", "-o", trace, "-P", "/dev/null", "-e", "trace=open,openat,write", .. command, .. EmitterProgram.Arguments(cases)]);
        Assert.Equal(script is null || !script.Contains("caught", StringComparison.Ordinal) ? "" : "caught\n", output);
        return File.ReadAllText(trace);
    }

    private static (int Thread, byte[] Bytes) WriteOf(Match match) => (
        int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
        Convert.FromHexString(match.Groups[2].Value.Replace("\\x", "", StringComparison.Ordinal)));

    [GeneratedRegex("([<>]):[0-9]+:")]
    private static partial Regex Id();

    [GeneratedRegex("""^([0-9]+) +write\([0-9]+, "((?:\\x[0-9a-f]{2})*)", """, RegexOptions.Multiline)]
    private static partial Regex Write();

    [GeneratedRegex("""^.*open(at)?\(.*O_WRONLY.*$""", RegexOptions.Multiline)]
    private static partial Regex OpenedForWriting();
}
