using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Compares the values of fields with what sysdig prints.</summary>
internal static class FieldComparison
{
    /// <summary>Fails with the first differences of each field that are not intended.</summary>
    /// <param name="capture">The capture's name.</param>
    /// <param name="path">Its file.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="intended">Differences that are intended besides <see cref="FieldDifference.All"/>.</param>
    public static void AssertSame(string capture, string path, IReadOnlyList<string> fields, params IEnumerable<FieldDifference> intended)
    {
        FieldDifference[] all = [.. FieldDifference.All, .. intended];
        int name = fields.ToList().IndexOf("proc.name");
        Dictionary<long, (int Type, string[] Values)> engine = [];
        FieldListing.Read(path, fields, (number, type, values) => engine[number] = (type, [.. fields.Zip(values, SysdigValues.Text)]));
        List<FieldCase> differences = [];
        foreach ((long number, string[] values) in SysdigValues.Read(path, fields))
        {
            (int type, string[] ours) = engine[number];
            for (int i = 0; i < fields.Count; i++)
            {
                if (ours[i] == values[i])
                    continue;
                FieldCase difference = new(capture, number, type, fields[i], values[i], ours[i])
                {
                    IsOfKnownThread = name < 0 || !(values[name] == SysdigValues.None || values[name].StartsWith("container:", StringComparison.Ordinal)),
                };
                if (!all.Any(d => (d.Fields.Length == 0 || d.Fields.Contains(difference.Field)) && d.Applies(difference)))
                    differences.Add(difference);
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences\n" + string.Join('\n', differences.GroupBy(d => d.Field).SelectMany(g => g.Take(6).Select(d => $"{g.Count()}x {d}"))));
    }
}
