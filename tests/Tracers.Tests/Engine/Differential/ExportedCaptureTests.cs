using Tracers.Engine.State;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Export;
using Tracers.Engine.Scap;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>sysdig tells of the events of an exported capture what it tells of them in the whole one: names, times, users, containers, spans.</summary>
public sealed class ExportedCaptureTests : IDisposable
{
    private const string Format = "*%evt.num #%evt.rawtime %evt.cpu %proc.name (%thread.tid) %evt.dir %evt.type %evt.info lat=%evt.latency fd=%fd.name "
        + "type=%fd.type l4=%fd.l4proto user=%user.name group=%group.name container=%container.id/%container.name cwd=%proc.cwd exe=%proc.exe args=%proc.args "
        + "parent=%proc.ppid %proc.pname local=%fd.lip remote=%fd.rip in=%evtin.span.tags duration=%span.duration enter=%span.enterargs\u0001";

    private static readonly (string Name, EventQuery Query)[] s_queries =
    [
        ("everything", new EventQuery()),
        ("reads and writes", new EventQuery { Type = n => n is "read" or "write" or "recvfrom" or "sendto" }),
        ("files", new EventQuery { Categories = new HashSet<EventCategory> { EventCategory.File } }),
        ("network", new EventQuery { Categories = new HashSet<EventCategory> { EventCategory.Net } }),
        ("closes and processes", new EventQuery { Type = n => n is "close" or "clone" or "execve" or "procexit" }),
        ("markers", new EventQuery { Type = n => n == "tracer" }),
        ("some in the middle", new EventQuery { Skip = 500, First = 200 }),
        ("a third of a second", new EventQuery { After = new TimeBound(TimeBoundKind.FirstEvent, 200_000_000), Before = new TimeBound(TimeBoundKind.FirstEvent, 533_000_000) }),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Captures => ["demo", "service", .. CaptureTableTests.Captures];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Events_are_told_as_in_the_whole_capture(string capture)
    {
        string path = capture switch
        {
            "demo" => Repository.PathOf("src/Tracers.Demo/demo.scap"),
            "service" => Repository.PathOf("tests/data/service.scap"),
            _ => Repository.Shared($"captures/{capture}.scap"),
        };
        Dictionary<long, string> whole = Sysdigs(path).ToDictionary(line => line.Number, line => line.Text);
        int asked = 0;
        foreach ((string name, EventQuery query) in s_queries)
        {
            List<long> numbers = Numbers(path, query);
            List<string> wanted = [.. numbers.Where(whole.ContainsKey).Select(number => whole[number])];
            // Little is held in all of them, so that the beginning is made of the state; all is held in every second one.
            foreach (int held in asked++ % 2 == 0 ? (int[])[8 << 20, 20_000] : [20_000])
            {
                string part = Path.Join(_folder.FullName, "part.scap");
                if (!Export(path, query, part, held))
                {
                    Assert.Empty(wanted);
                    continue;
                }

                List<string> told = [.. Sysdigs(part).Select(line => line.Text)];
                Assert.True(wanted.Count == told.Count, $"{name}: {told.Count} of {wanted.Count}");
                for (int i = 0; i < told.Count; i++)
                    Assert.True(wanted[i] == told[i], $"{name}, holding {held}:\n{wanted[i]}\n{told[i]}");
            }
        }
    }

    private static bool Export(string path, EventQuery query, string part, int held)
    {
        using FileStream stream = File.Create(part);
        using ExportOutput output = new(stream, compress: false) { HeldBytes = held };
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        try
        {
            file.Export(query, output);
        }
        catch (ScapFormatException)
        {
            // sysdig, too, lists what is whole.
        }

        return output.Selected > 0;
    }

    private static List<long> Numbers(string path, EventQuery query)
    {
        List<long> numbers = [];
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        try
        {
            file.ReadEvents(query, e => numbers.Add(e.Number));
        }
        catch (ScapFormatException)
        {
            // What is whole was handed out.
        }

        return numbers;
    }

    private static List<(long Number, string Text)> Sysdigs(string path)
    {
        (_, string output, _) = Sysdig.Run(path, "-p", Format);
        List<(long, string)> lines = [];
        foreach (string line in output.Split("\u0001\n", StringSplitOptions.RemoveEmptyEntries))
        {
            int end = line.IndexOf(" #", StringComparison.Ordinal);
            lines.Add((long.Parse(line.AsSpan(0, end), System.Globalization.CultureInfo.InvariantCulture), line[end..]));
        }

        return lines;
    }
}
