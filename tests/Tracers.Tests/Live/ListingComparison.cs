using System.Text.RegularExpressions;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Live;

/// <summary>A recording's listing beside that of sysdig 0.29.3, of the whole machine.</summary>
internal static partial class ListingComparison
{
    private const string Nameless = "<4><unknown>";

    /// <summary>Pairs of lines that differ otherwise than README says, as text; those of other processes than a test's own apart.</summary>
    public static (List<string> Own, List<string> Others) Differences(string path, IReadOnlyCollection<string> ownNames)
    {
        List<string> sysdig = Lines(Sysdig.Read(path)), ours = [.. EngineListing.Read(path).SelectMany(Lines).Select(UnnumberedCalls.AsSysdigHasIt)];
        List<string> own = [], others = [];
        if (sysdig.Count != ours.Count)
            own.Add($"sysdig has {sysdig.Count} lines, we have {ours.Count}");
        foreach ((string first, string second) in sysdig.Zip(ours))
        {
            if (first == second || IsInvalidMarker(first, second))
                continue;
            string name = Head().Match(second) is { Success: true } head ? head.Groups[1].Value : "";
            if (ownNames.Contains(name))
                own.Add($"sysdig {first}\nours   {second}");
            else if (!IsOtherFamily(first, second) && Datagrams().Replace(first, "") != Datagrams().Replace(second, ""))
                others.Add($"sysdig {first}\nours   {second}");
        }

        return (own, others);
    }

    // README: an invalid marker stays a write, and so does a switch marker.
    private static bool IsInvalidMarker(string sysdig, string ours) =>
        InvalidMarker().Match(sysdig) is { Success: true } marker && ours.StartsWith(marker.Groups[1].Value, StringComparison.Ordinal)
        && MarkerWrite().IsMatch(ours[marker.Groups[1].Length..]);

    // README: a socket of IPv6 that connects to an IPv4 address has no name.
    private static bool IsOtherFamily(string sysdig, string ours) =>
        sysdig.Contains(Nameless, StringComparison.Ordinal) && sysdig == Ipv4().Replace(ours, Nameless);

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"^[0-9]+ [0-9:.]+ [0-9]+ (.*) \([0-9]+\) [<>] ")]
    private static partial Regex Head();

    [GeneratedRegex(@"^(.* \([0-9]+\) )> tracer id=0 tags=invalid tracer ")]
    private static partial Regex InvalidMarker();

    [GeneratedRegex("^< p?writev? res=[0-9]+ ")]
    private static partial Regex MarkerWrite();

    [GeneratedRegex("<4[tu]>[^ )]*")]
    private static partial Regex Ipv4();

    // README: of datagram sockets that talk to several peers, or are bound and receive, sysdig has mixed names.
    [GeneratedRegex(@"<[46]u>[^ )]*")]
    private static partial Regex Datagrams();
}
