using System.Globalization;
using Tracers.Tests.Engine.Filters;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>What a filter accepts of a capture, here and in sysdig.</summary>
internal static class IntendedFilter
{
    /// <summary>Fails unless both accept the events that they are said to accept.</summary>
    public static void AssertEvents(CaptureBuilder capture, string filter, long[] sysdig, long[] ours)
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        Assert.Equal(sysdig, Sysdig.Read(file.Path, "-p", "%evt.num", filter).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => long.Parse(l, CultureInfo.InvariantCulture)));
        Assert.Equal(ours, Filtered.Numbers(capture.ToArray(), filter));
    }
}
