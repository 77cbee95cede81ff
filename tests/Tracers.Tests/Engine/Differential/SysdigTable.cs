using System.Text.Json;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine.Differential;

/// <summary>A table of sysdig's chisels with raw numbers.</summary>
internal static class SysdigTable
{
    /// <summary>Keys and sums of <c>fdbytes_by</c> (at most 30) or <c>fdtime_by</c> (at most 10), largest first; which of equal ones stay is chance. A table such as <c>topscalls</c> (at most 30) has its own key.</summary>
    public static List<KeyValuePair<string, long>> Read(string path, string chisel, string? key, string? filter = null)
    {
        string[] arguments = ["-j", "-c", chisel, .. key is null ? [] : (string[])[key], .. filter is null ? [] : (string[])[filter]];
        (int _, string output, string error) = Sysdig.Run(path, arguments);
        List<KeyValuePair<string, long>> rows = [];
        if (!output.StartsWith('{'))
            throw new InvalidOperationException($"sysdig gave no table: {error}");
        using JsonDocument table = JsonDocument.Parse(output);
        foreach (JsonElement row in table.RootElement.GetProperty("data").EnumerateArray())
            rows.Add(new(row[0].GetString()!, (long)row[1].GetDouble()));
        return rows;
    }

    /// <summary>A name as sysdig shows it: it drops what is not printable ASCII, and so makes one row of names that differ in that.</summary>
    public static string Printable(string name) => string.Concat(name.Where(c => c is >= ' ' and <= '~'));
}
