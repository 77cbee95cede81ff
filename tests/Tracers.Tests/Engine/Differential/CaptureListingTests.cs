using System.IO.Compression;
using System.Text;
using Tracers.Tests.Scap.Writing;
using Xunit;
using Xunit.Abstractions;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Real captures, line by line: what sysdig 0.29.3 lists is what we list, to the byte and in order.</summary>
public class CaptureListingTests(ITestOutputHelper output)
{
    public static TheoryData<string> Captures => CaptureTableTests.Captures;

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Every_line_is_sysdigs(string capture)
    {
        List<string> sysdig = Sysdigs(capture);
        List<string> ours = Lines(EngineListing.Read(Repository.Shared($"captures/{capture}.scap")));
        for (int i = 0; i < Math.Min(sysdig.Count, ours.Count); i++)
            Assert.Equal(IntendedLine.Apply(capture, sysdig[i]), ours[i]);
        Assert.Equal(sysdig.Count, ours.Count);
    }

    [SkippableFact]
    public void Listings_are_equal_in_full_but_for_those_that_are_named()
    {
        string[] all = [.. ((IEnumerable<object[]>)Captures).Select(c => (string)c[0])];
        string[] equal = [.. all.Where(c => Sysdigs(c).SequenceEqual(Lines(EngineListing.Read(Repository.Shared($"captures/{c}.scap")))))];
        output.WriteLine($"{equal.Length} of {all.Length} captures are listed exactly as sysdig lists them.");
        foreach (IntendedLine difference in IntendedLine.All)
            output.WriteLine($"{difference.Capture} {difference.Number}: {difference.Sysdig} is {difference.Ours} here. {difference.Reason}");
        Assert.Equal(IntendedLine.All.Select(d => d.Capture).Distinct().Order(), all.Except(equal).Order());
    }

    [SkippableFact]
    public void A_capture_with_options_in_its_header_is_listed_as_the_one_that_it_was_made_of() => Assert.Equal(
        Sysdigs("libs-curl-google"), Lines(EngineListing.Read(Repository.Shared("captures/libs-curl-google-comments.scap"))));

    // The text of an event can have line ends of its own.
    private static List<string> Lines(List<string> events) => [.. events.SelectMany(e => e.Split('\n'))];

    private static List<string> Sysdigs(string capture)
    {
        using FileStream file = File.OpenRead(Repository.Shared($"captures/expected/{capture}.events.txt.gz"));
        using GZipStream inflated = new(file, CompressionMode.Decompress);

        // Its bytes need not be UTF-8 everywhere; what is not becomes the same replacement character here and there.
        using StreamReader reader = new(inflated, Encoding.UTF8);
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    // sysdig crashes.
    [SkippableFact]
    public void Tracer_events_that_the_recorder_wrote_are_listed() => Assert.Equal(
        ["> tracer id=7 tags= args= ", "> write fd=4(<f>/tmp/blob.bin.4) size=9 ", "< write res=9 data=qqqqqqqqq ", "< tracer id=7 tags= args= "],
        EngineListing.Read(Repository.Shared("vectors/native-tracer.scap")).Take(4).Select(l => l[(l.IndexOf(')', StringComparison.Ordinal) + 2)..]));
}
