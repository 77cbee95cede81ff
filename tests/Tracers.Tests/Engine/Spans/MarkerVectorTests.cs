using System.Text.RegularExpressions;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>What sysdig was seen to make of the marker vectors, line by line; where this differs is in <see cref="MarkerDifference"/>.</summary>
public partial class MarkerVectorTests
{
    private const string ShortFormat = "*%evt.num %thread.tid %evt.dir %evt.type %evt.info";

    private const string FdFormat = "*%evt.num %thread.tid/%proc.pid %proc.name %evt.dir %evt.type fd=%fd.num %fd.type %fd.name | %evt.info";

    private const string DefaultFormat = "";

    private const string SpanFormat =
        "*%evt.num %evt.dir %evt.type id=%span.id tags=%span.tags nt=%span.ntags na=%span.nargs args=%span.args ent=%span.enterargs dur=%span.duration %span.duration.human";

    [SkippableFact]
    public void Every_marker_vector_is_listed_as_sysdig_lists_it()
    {
        List<string> differences = [];
        HashSet<MarkerDifference> met = [];
        int blocks = 0;
        foreach (string file in (string[])["markers-and-spans.out", "threads-and-fds.out", "container-and-eras.out"])
        {
            foreach ((string vector, bool spans, List<string> sysdig) in Blocks(Repository.Shared($"vectors/{file}")))
            {
                blocks++;
                string path = Repository.Shared($"vectors/{vector}.scap");
                Compare(vector, sysdig, spans ? MarkerListing.WithSpans(path) : MarkerListing.Short(path), differences, met);
            }
        }

        foreach (MarkerDifference difference in MarkerDifference.All.Except(met))
            differences.Add($"There is no such difference any longer: {difference}");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(blocks >= 80, $"only {blocks} listings were found");
    }

    private static void Compare(string vector, List<string> sysdig, List<string> ours, List<string> differences, HashSet<MarkerDifference> met)
    {
        Dictionary<string, string> expected = sysdig.Where(IsOfMarkers).ToDictionary(NumberOf);
        Dictionary<string, string> found = ours.Where(IsOfMarkers).ToDictionary(NumberOf);
        foreach (string number in expected.Keys.Union(found.Keys))
        {
            string? theirs = expected.GetValueOrDefault(number);
            string? here = found.GetValueOrDefault(number);
            if (theirs == here)
                continue;
            if (MarkerDifference.All.FirstOrDefault(d => d.Vector == vector && d.Sysdig == theirs && d.Tracers == here) is { } intended)
                met.Add(intended);
            else
                differences.Add($"{vector}: sysdig '{theirs}', here '{here}'");
        }
    }

    private static bool IsOfMarkers(string line) => line.Contains(" tracer ", StringComparison.Ordinal) || line.Contains(" write", StringComparison.Ordinal);

    private static string NumberOf(string line) => line[..line.IndexOf(' ', StringComparison.Ordinal)];

    // The unfiltered listings of an .out file, as far as they are about markers.
    private static IEnumerable<(string Vector, bool Spans, List<string> Lines)> Blocks(string path)
    {
        (string Vector, bool Spans, List<string> Lines)? block = null;
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                if (block is { } done)
                    yield return done;
                Match header = Header().Match(line);
                string format = header.Groups[2].Value;
                block = !header.Success ? null : format == SpanFormat ? (header.Groups[1].Value, true, [])
                    : format is DefaultFormat or ShortFormat or FdFormat ? (header.Groups[1].Value, false, []) : null;
            }
            else if (block is { } open && EventLine().Match(line) is { Success: true } found)
            {
                open.Lines.Add(open.Spans ? WithoutHuman(line) : Shortened(found));
            }
        }

        if (block is { } last)
            yield return last;
    }

    // How parameters are rendered has tests of its own.
    private static string Shortened(Match line)
    {
        string type = line.Groups["type"].Value;
        string start = $"{line.Groups["number"].Value} {line.Groups["tid"].Value} {line.Groups["direction"].Value} {type}";
        return type == "tracer" ? $"{start} {line.Groups["info"].Value}".TrimEnd() : start;
    }

    private static string WithoutHuman(string line) =>
        line.Contains(" tracer ", StringComparison.Ordinal) ? line[..line.LastIndexOf(' ')] : string.Join(' ', line.Split(' ')[..3]);

    [GeneratedRegex("^== (\\S+): (?:sysdig )?(?:-p '?(.*?)'?)?  ?rc=0$")]
    private static partial Regex Header();

    // Behind the number: time, cpu, name and tid; or tid, pid and name; or the tid alone.
    [GeneratedRegex("^(?<number>[0-9]+) (?:[0-9:.]+ [0-9]+ .* \\((?<tid>-?[0-9]+)\\) |(?<tid>-?[0-9]+)/.* |(?<tid>-?[0-9]+) )?(?<direction>[<>]) (?<type>\\S+)(?: fd=.* \\|)? ?(?<info>.*)$")]
    private static partial Regex EventLine();
}
