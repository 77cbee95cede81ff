using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Tracers.Tests.Engine.Differential;

namespace Tracers.Tests.Engine.Filters;

/// <summary>What a filter leaves of a capture.</summary>
internal static class Filtered
{
    /// <summary>The numbers of the events that a listing shows.</summary>
    public static long[] Numbers(string path, string filter) => Read(() => new CaptureFile(path, keepArguments: false, CancellationToken.None), filter);

    /// <summary>The same of a capture in memory.</summary>
    public static long[] Numbers(byte[] capture, string filter) =>
        Read(() => new CaptureFile("memory", MemorySource.Of(capture), keepArguments: false, CancellationToken.None), filter);

    /// <summary>The values of a field at the events of a capture in memory that a listing shows; null for none.</summary>
    public static object?[] Values(CaptureBuilder capture, string field)
    {
        using CapturePass pass = new("memory", MemorySource.Of(capture.ToArray()), keepArguments: false, CancellationToken.None);
        List<object?> all = [];
        FieldListing.Read(pass, [field], (_, _, values) => all.Add(values[0]));
        return [.. all];
    }

    private static long[] Read(Func<CaptureFile> open, string filter)
    {
        List<long> numbers = [];
        using CaptureFile file = open();
        file.ReadEvents(new EventQuery { Filter = CaptureFilter.Parse(filter) }, e => numbers.Add(e.Number));
        return [.. numbers];
    }
}
