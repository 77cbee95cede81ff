using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>Texts made by chance, in one piece and in several, are markers, beginnings of markers or neither, as they are to sysdig.</summary>
public partial class MarkerFuzzTests
{
    private const int Threads = 3000;
    private const int FirstTid = 1000;

    private static readonly string[] s_simple = [">", "<", ":", ":", ":", "::", "1", "-", "t", "pp", "g", "a", "b", ".", "=", ",", "\\", "\n", "k=v", ">:1:a", ":", "\u00e9"];

    private static readonly string[] s_json =
        ["[", "]", "{", "}", "\"", "\"", "\\", ",", ":", " ", "1", "-7", "\"t\"", "\"pp\"", "\"a\"", "\"b.c\"", "{\"k\":\"v\"}", "[]", "[\"a\"]", "[{\"k\":\"v\"}]", "[\">\",1,[\"a\"],["];

    private static readonly string[] s_whole =
        [">:1:a.b:k=v,l=w:", "<:t:a\\.b::", ">:-12:a..:=x:", "[\">\", 12, [\"a\",\"b\"], [{\"k\":\"v\"}, {\"l\":\"w\"}]]", "[\"<\",\"pp\",[\"a.b\"],[{}]]", " [\">\",1 ,[],[]]"];

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Markers_and_their_pieces_are_what_they_are_to_sysdig(int seed)
    {
        Random random = new(seed);
        string[][] writes = new string[Threads][];
        CaptureBuilder capture = new CaptureBuilder().Header().Processes([.. Enumerable.Range(FirstTid, Threads).Select(tid => CaptureBuilder.Process(tid))]);
        for (int i = 0; i < Threads; i++)
            capture.Fds(FirstTid + i, FdRecord.ForFile(3, "/dev/null", 2));
        for (int i = 0; i < Threads; i++)
        {
            do
                writes[i] = Writes(random);
            while (IsReadOtherwiseOnPurpose(writes[i]));

            // The descriptor carries markers from the start: a first write that is none would make sysdig ignore all that follow.
            capture.Write(FirstTid + i, 3, ">:1:first::");
            foreach (string write in writes[i])
                capture.Write(FirstTid + i, 3, write);
        }

        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        Dictionary<int, string> sysdig = ByThread(Sysdig.Read(file.Path, "-p", "*%evt.num %thread.tid %evt.dir %evt.type %evt.info"));
        Dictionary<int, string> ours = ByThread(string.Join('\n', MarkerListing.Short(file.Path)));

        List<string> differences = [];
        for (int i = 0; i < Threads; i++)
        {
            string theirs = sysdig.GetValueOrDefault(FirstTid + i, "");
            string here = ours.GetValueOrDefault(FirstTid + i, "");
            if (theirs != here)
                differences.Add($"{string.Join(" + ", writes[i])}\n  sysdig {theirs}\n  here   {here}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} threads\n{string.Join('\n', differences.Take(20))}");
    }

    // A letter as an id with anything behind it, which sysdig takes for the letter or for the id of the marker before; a cut inside such
    // a letter's quotes, behind which sysdig reads what it finds; and a piece behind a bad one that could begin a marker, with which
    // sysdig does not begin again.
    private static bool IsReadOtherwiseOnPurpose(string[] writes) =>
        OddId().IsMatch(string.Concat(writes))
        || Enumerable.Range(1, writes.Length).Any(count => CutId().IsMatch(string.Concat(writes.Take(count))))
        || writes.Skip(1).Any(w => w is ['>' or '<' or '[' or ' ', ..]);

    // Text from the building blocks of one of the syntaxes; or a marker with a change or two; whole or in pieces. Only one marker a
    // thread: what follows a bad one is different on purpose.
    private static string[] Writes(Random random)
    {
        StringBuilder text = new();
        string[] blocks = random.Next(2) == 0 ? s_simple : s_json;
        if (random.Next(3) > 0)
        {
            text.Append(s_whole[random.Next(s_whole.Length)]);
            for (int changes = random.Next(3); changes > 0; changes--)
            {
                int at = random.Next(text.Length);
                if (random.Next(2) == 0)
                    text.Remove(at, 1);
                else
                    text.Insert(at, blocks[random.Next(blocks.Length)]);
            }
        }
        else
        {
            for (int length = random.Next(2, 12); length > 0; length--)
                text.Append(blocks[random.Next(blocks.Length)]);
        }

        List<string> pieces = [];
        for (int count = random.Next(3); count > 0 && text.Length > 1; count--)
        {
            int length = random.Next(1, text.Length);
            pieces.Add(text.ToString(0, length));
            text.Remove(0, length);
        }

        return [.. pieces, text.ToString()];
    }

    // What is listed of the returns from a thread's writes. A text that is no marker is a write, also where sysdig makes an event of it.
    private static Dictionary<int, string> ByThread(string listing)
    {
        Dictionary<int, string> threads = [];
        foreach (Match line in Line().Matches(listing))
        {
            string type = line.Groups["type"].Value;
            if (type == "write" && line.Groups["direction"].Value == ">")
                continue;
            int tid = int.Parse(line.Groups["tid"].Value, CultureInfo.InvariantCulture);
            string info = line.Groups["info"].Value;
            string text = type == "write" || info.StartsWith("id=0 tags=invalid tracer ", StringComparison.Ordinal) ? "write" : $"{line.Groups["direction"].Value} {info.TrimEnd()}";
            threads[tid] = threads.GetValueOrDefault(tid) + $"{line.Groups["number"].Value} {text} | ";
        }

        return threads;
    }

    [GeneratedRegex("^[<>]:(t[^:]|g[^:]|pp[^:]|p[^p:])|^ *\\[\"[^\"]*\"[ ,]*\"(t[^\"]|g[^\"]|pp[^\"]|p[^p\"]|[^tpg])")]
    private static partial Regex OddId();

    [GeneratedRegex("^ *\\[\"[^\"]*\"[ ,]*\"[tpg]*$")]
    private static partial Regex CutId();

    // A tag or a value may hold a line end.
    [GeneratedRegex("^(?<number>[0-9]+) (?<tid>[0-9]+) (?<direction>[<>]) (?<type>[a-z]+) ?(?<info>.*?)(?=\\z|\n[0-9]+ [0-9]+ [<>] )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Line();
}
