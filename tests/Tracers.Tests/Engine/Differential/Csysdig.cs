using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>A table of csysdig with exact numbers.</summary>
internal static class Csysdig
{
    private const string Binary = "/usr/bin/csysdig";

    /// <summary>The rows of a view over a whole capture: key and columns.</summary>
    public static List<(string Key, JsonElement[] Columns)> Read(string path, string view)
    {
        Skip.IfNot(File.Exists(Binary), "csysdig is not installed: apt-get install sysdig");
        ProcessStartInfo start = new(Binary, ["-r", path, "-v", view, "-j"]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"csysdig ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");

        using JsonDocument document = JsonDocument.Parse(Cleaned(output));
        List<(string, JsonElement[])> rows = [];
        foreach (JsonElement slice in document.RootElement.GetProperty("slices").EnumerateArray())
        {
            if (!slice.TryGetProperty("data", out JsonElement data))
                continue;
            foreach (JsonElement row in data.EnumerateArray())
                rows.Add((row.GetProperty("k").GetString()!, [.. row.GetProperty("d").EnumerateArray().Select(static column => column.Clone())]));
        }

        return rows;
    }

    // It does not escape what must not stand in a JSON string.
    private static string Cleaned(string output) => string.Concat(output.Select(static c => c is '\n' || !char.IsControl(c) ? c : ' '));
}
