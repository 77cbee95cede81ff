using System.Collections.Concurrent;
using System.Globalization;
using Tracers.Tests.Scap.Writing;
using Xunit;
using Xunit.Abstractions;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Filters accept the events that sysdig accepts: some hundred, made of all fields and of what captures hold.</summary>
public class FilterComparisonTests(ITestOutputHelper output)
{
    private const int Seed = 29;
    private const int CandidatesByField = 16;
    private const int FiltersByField = 3;
    private const int FewestFilters = 400;

    private static readonly string[] s_captures =
    [
        "captures/libs-curl-google", "captures/libs-ipv6-client", "captures/libs-sample-2023", "captures/sf-files", "captures/sf-filesat", "captures/sf-rename", "captures/sf-tcp-client-server",
        "captures/falco-cat-write", "captures/falco-open-multiple-files", "captures/falco-ping-sendto", "vectors/demo", "vectors/nest", "vectors/inter", "vectors/net",
    ];

    // sysdig forgets the descriptor of a call whose beginning the filter refuses, and these look at it: with the beginnings accepted it does not.
    private static readonly string[] s_needBeginnings =
    [
        "evt.buflen", "evt.category", "evt.is_syslog", "evt.count.error", "evt.info",
    ];

    [SkippableFact]
    public void Filters_accept_what_sysdigs_accept()
    {
        List<(string Capture, string Field, string Filter)> candidates = Candidates();
        List<(string Capture, string Field, string Filter, List<long> Accepted)> filters = [];
        Dictionary<string, Dictionary<long, int>> types = [];
        Dictionary<string, int> byField = [];
        foreach (IGrouping<string, (string Capture, string Field, string Filter)> group in candidates.GroupBy(static c => c.Capture))
        {
            (string Capture, string Field, string Filter)[] here = [.. group];
            (List<long>[] accepted, Dictionary<long, int> typeByNumber) = FilterCandidates.Run(PathOf(group.Key), [.. here.Select(static c => c.Filter)]);
            types[group.Key] = typeByNumber;
            for (int i = 0; i < here.Length; i++)
            {
                if (accepted[i].Count == 0 || accepted[i].Count == typeByNumber.Count || byField.GetValueOrDefault(here[i].Field) == FiltersByField)
                    continue;
                byField[here[i].Field] = byField.GetValueOrDefault(here[i].Field) + 1;
                filters.Add((here[i].Capture, here[i].Field, here[i].Filter, accepted[i]));
            }
        }

        ConcurrentBag<FilterCase> differences = [];
        ConcurrentBag<string> refused = [];
        Parallel.ForEach(filters, new ParallelOptions { MaxDegreeOfParallelism = 2 }, filter =>
        {
            (int exitCode, string lines, string error) = Sysdig.Run(PathOf(filter.Capture), "-p", "%evt.num", filter.Filter);
            if (exitCode != 0)
            {
                refused.Add($"{filter.Filter}: {error.Trim()}");
                return;
            }

            long[] sysdig = [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => long.Parse(l, CultureInfo.InvariantCulture))];
            if (sysdig.SequenceEqual(filter.Accepted))
                return;
            Dictionary<long, int> of = types[filter.Capture];
            differences.Add(new FilterCase(
                filter.Capture, filter.Filter, filter.Field,
                [.. sysdig.Except(filter.Accepted).Select(n => (n, of[n]))],
                [.. filter.Accepted.Except(sysdig).Select(n => (n, of[n]))]));
        });

        FilterCase[] intended = [.. differences.Where(static d => FilterDifference.All.Any(i => i.Explains(d)))];
        FilterCase[] wrong = [.. differences.Except(intended).OrderBy(static d => d.Field)];
        output.WriteLine($"{filters.Count} filters, {refused.Count} of them refused by sysdig, {filters.Count - refused.Count - differences.Count} with the same events, {intended.Length} with intended differences.");
        foreach (string one in refused.Order())
            output.WriteLine($"refused: {one}");
        output.WriteLine($"fields without a filter: {string.Join(' ', FilterGenerator.Fields.Where(f => !byField.ContainsKey(f)))}");
        Assert.True(wrong.Length == 0, $"{wrong.Length} differences\n{string.Join('\n', wrong.Take(60).Select(static d => d.ToString()))}");
        Assert.True(filters.Count - refused.Count >= FewestFilters, $"Only {filters.Count - refused.Count} filters were compared.");
    }

    private static List<(string Capture, string Field, string Filter)> Candidates()
    {
        FieldSamples samples = new();
        foreach (string capture in s_captures)
            samples.Add(capture, PathOf(capture), FilterGenerator.Fields);
        FilterGenerator generator = new(Seed, samples);
        List<(string, string, string)> candidates = [];
        foreach (string field in FilterGenerator.Fields)
        {
            // Not the same captures for all fields, and so all captures for some.
            for (int i = 0; i < CandidatesByField; i++)
            {
                string capture = s_captures[(candidates.Count + (i * 5)) % s_captures.Length];
                if (generator.Next(capture, field) is { } filter)
                    candidates.Add((capture, field, Array.Exists(s_needBeginnings, n => filter.Contains(n, StringComparison.Ordinal)) ? $"({filter}) or evt.dir=>" : filter));
            }
        }

        return candidates;
    }

    private static string PathOf(string capture) => Repository.Shared($"{capture}.scap");
}
