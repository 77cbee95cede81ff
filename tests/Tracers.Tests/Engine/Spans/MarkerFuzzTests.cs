using System.Text;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Spans;

/// <summary>Texts made by chance, in one piece and in several, are markers, beginnings of markers or neither, as they are to sysdig.</summary>
public class MarkerFuzzTests
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
    public void Markers_and_their_pieces_are_what_they_are_to_sysdig(int seed)
    {
        Random random = new(seed);
        string[][] writes = new string[Threads][];
        CaptureBuilder capture = new CaptureBuilder().Header().Processes([.. Enumerable.Range(FirstTid, Threads).Select(tid => CaptureBuilder.Process(tid))]);
        for (int i = 0; i < Threads; i++)
            capture.Fds(FirstTid + i, FdRecord.ForFile(3, "/dev/null", 2));
        for (int i = 0; i < Threads; i++)
        {
            writes[i] = Writes(random);
            foreach (string write in writes[i])
                capture.Write(FirstTid + i, 3, write);
        }

        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        Dictionary<int, List<string>> sysdig = ByThread(Sysdig.Read(file.Path, "-p", "*%evt.num %thread.tid %evt.dir %evt.type %evt.info").Split('\n'));
        Dictionary<int, List<string>> ours = ByThread(MarkerListing.Short(file.Path));

        List<string> differences = [];
        int compared = 0;
        for (int i = 0; i < Threads; i++)
        {
            if (Array.Exists(writes[i], IsReadOtherwiseOnPurpose))
                continue;
            compared++;
            string theirs = string.Join(" | ", sysdig.GetValueOrDefault(FirstTid + i) ?? []);
            string here = string.Join(" | ", ours.GetValueOrDefault(FirstTid + i) ?? []);
            if (theirs != here)
                differences.Add($"{string.Join(" + ", writes[i])}\n  sysdig {theirs}\n  here   {here}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {compared}\n{string.Join('\n', differences.Take(20))}");
        Assert.True(compared > Threads / 2);
    }

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

    private static bool IsReadOtherwiseOnPurpose(string write) => false;

    // What sysdig lists of the returns from a thread's writes; sysdig shows no bytes that are not ASCII the same way.
    private static Dictionary<int, List<string>> ByThread(IEnumerable<string> lines)
    {
        Dictionary<int, List<string>> threads = [];
        foreach (string line in lines)
        {
            string[] words = line.Split(' ', 5);
            if (words.Length < 4 || (words[3] == "write" && words[2] == ">"))
                continue;
            if (!threads.TryGetValue(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), out List<string>? thread))
                threads[int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)] = thread = [];
            thread.Add(words[3] == "write" ? $"{words[0]} write" : line.TrimEnd());
        }

        return threads;
    }
}
