namespace Tracers.Tests.Engine.Differential;

/// <summary>A line of a listing that differs from sysdig's on purpose.</summary>
/// <param name="Capture">The capture.</param>
/// <param name="Number">The event's number.</param>
/// <param name="Sysdig">What sysdig shows there.</param>
/// <param name="Ours">What this project shows instead.</param>
/// <param name="Reason">Why.</param>
internal sealed record IntendedLine(string Capture, long Number, string Sysdig, string Ours, string Reason)
{
    private const string SecondPeer =
        "A datagram socket is connected to another peer: sysdig keeps the first one's address and puts the new port or source to it.";

    public static IReadOnlyList<IntendedLine> All { get; } =
    [
        new("libs-ipv6-client", 232, "<6u>::1:38255->::1:2345", "<6u>::1:38255->2001:4860:4860::8888:53", SecondPeer),
        new("libs-ipv6-client", 237, "fd=3(<6u>::1:38255->::1:2345)", "fd=3(<6u>::1:38255->2001:4860:4860::8888:53)", SecondPeer),
        new("sf-setns", 1992, "<4u>0.0.0.0:0->10.185.46.64:0", "<4u>", SecondPeer),
        new("sf-setns", 1996, "127.0.0.1:44524->10.185.46.64:0", "127.0.0.1:44524->127.0.1.1:0", SecondPeer),
    ];

    /// <summary>sysdig's line as this project has it.</summary>
    public static string Apply(string capture, string line)
    {
        foreach (IntendedLine difference in All)
        {
            if (difference.Capture == capture && line.StartsWith($"{difference.Number} ", StringComparison.Ordinal))
                line = line.Replace(difference.Sysdig, difference.Ours, StringComparison.Ordinal);
        }

        return line;
    }
}
