using System.Globalization;
using System.Text.Json;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>A table of sysdig's chisels with raw numbers.</summary>
internal static class SysdigTable
{
    /// <summary>Stands between the keys of a row.</summary>
    public const string Between = " | ";

    /// <summary>Keys and sums of <c>fdbytes_by</c> (at most 30) or <c>fdtime_by</c> (at most 10), largest first; which of equal ones stay is chance. A table such as <c>topscalls</c> (at most 30) has its own key.</summary>
    public static List<KeyValuePair<string, long>> Read(string path, string chisel, string? key, string? filter = null)
    {
        string[] arguments = ["-j", "-c", chisel, .. key is null ? [] : (string[])[key], .. filter is null ? [] : (string[])[filter]];
        (int _, string output, string error) = Sysdig.Run(path, arguments);
        if (!output.StartsWith('{'))
            throw new InvalidOperationException($"sysdig gave no table: {error}");
        return Rows(output);
    }

    /// <summary>The tables of several chisels in one run, each chisel with its arguments; they share the filter. Several keys of a row are joined.</summary>
    public static List<List<KeyValuePair<string, long>>> ReadSeveral(string path, string? filter, params IReadOnlyList<string[]> chisels)
    {
        string[] arguments = ["-j", .. chisels.SelectMany(static c => (string[])["-c", .. c]), .. filter is null ? [] : (string[])[filter]];
        (int _, string output, string error) = Sysdig.Run(path, arguments);

        // A table begins and ends with a line of its own.
        string[] tables = output.Split("\n}\n", StringSplitOptions.RemoveEmptyEntries);
        if (tables.Length != chisels.Count)
            throw new InvalidOperationException($"sysdig gave {tables.Length} tables of {chisels.Count}: {error}");
        return [.. tables.Select(static t => Rows(t + "\n}"))];
    }

    /// <summary>Keys and numbers of descriptors of <c>fdcount_by</c>, all of them, for each of several keys in one run.</summary>
    public static List<List<KeyValuePair<string, long>>> ReadCounts(string path, string filter, IReadOnlyList<string> keys)
    {
        // A table of this chisel is plain lines, of which nothing says where they end: another table, of no rows, stands behind each.
        string[] arguments = ["-j", .. keys.SelectMany(static k => (string[])["-c", "fdcount_by", k, "-c", "fdbytes_by", "evt.pluginname"]), filter];
        (int _, string output, string error) = Sysdig.Run(path, arguments);

        // At the end the chisel complains of a field that it did not ask for, and if no event fits the filter the others have no end then.
        if (output.Length == 0 && error.Contains("invalid call", StringComparison.Ordinal))
            return [.. keys.Select(static _ => new List<KeyValuePair<string, long>>())];
        string[] tables = output.Split("\n}\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(keys.Count, tables.Length);
        return
        [
            .. tables.Select(static t => t[..(t.StartsWith('{') ? 0 : t.IndexOf("\n{\n", StringComparison.Ordinal))].Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split('\t')).Select(static words => KeyValuePair.Create(words[0], long.Parse(words[1], CultureInfo.InvariantCulture))).ToList()),
        ];
    }

    private static List<KeyValuePair<string, long>> Rows(string json)
    {
        using JsonDocument table = JsonDocument.Parse(json);
        List<KeyValuePair<string, long>> rows = [];
        foreach (JsonElement row in table.RootElement.GetProperty("data").EnumerateArray())
        {
            int keys = row.GetArrayLength() - 1;
            rows.Add(new(string.Join(Between, row.EnumerateArray().Take(keys).Select(static k => k.GetString())), (long)row[keys].GetDouble()));
        }

        return rows;
    }

    /// <summary>A name as sysdig shows it: it drops what is not printable ASCII, and so makes one row of names that differ in that.</summary>
    public static string Printable(string name) => string.Concat(name.Where(c => c is >= ' ' and <= '~'));
}
