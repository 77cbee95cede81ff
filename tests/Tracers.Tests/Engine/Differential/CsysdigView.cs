using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Tables of csysdig, as text that can be compared.</summary>
internal static class CsysdigView
{
    private const string Binary = "/usr/bin/csysdig";
    private const string Views = "/usr/share/sysdig/chisels";

    /// <summary>Rows of traces_summary, or deeper of spans_summary: tag, hits, average, least, longest, hits of children.</summary>
    /// <param name="path">The capture.</param>
    /// <param name="depth">How often its user has drilled down.</param>
    /// <param name="filter">The filter that a drill-down adds; null for none.</param>
    public static IEnumerable<string> Summary(string path, int depth, string? filter = null) =>
        Rows(path, depth == 0 ? "traces_summary" : "spans_summary", depth, filter).Select(static r => $"{r[5]} {r[0]} {r[1]} {r[2]} {r[3]} {r[4]}");

    /// <summary>Rows of traces_list: id, time of the end, duration, tag, arguments.</summary>
    public static IEnumerable<string> Traces(string path) => Rows(path, "traces_list", 0, null).Select(static r => string.Join(' ', r));

    /// <summary>A duration as csysdig shows it: cut off, never rounded.</summary>
    public static string Time(long nanoseconds)
    {
        const long Us = 1_000, Ms = 1_000_000, S = 1_000_000_000;
        return nanoseconds switch
        {
            >= 3600 * S => $"{nanoseconds / (3600 * S):D2}:{nanoseconds / (60 * S) % 60:D2}:{nanoseconds / S % 60:D2}",
            >= 60 * S => $"{nanoseconds / (60 * S)}:{nanoseconds / S % 60}",
            >= S => $"{nanoseconds / S}.{nanoseconds % S / (10 * Ms):D2}s",
            >= 10 * Ms => $"{nanoseconds / Ms}ms",
            >= Ms => $"{nanoseconds / Ms}.{nanoseconds % Ms / (10 * Us):D2}ms",
            >= 10 * Us => $"{nanoseconds / Us}us",
            >= Us => $"{nanoseconds / Us}.{nanoseconds % Us / 10:D2}us",
            _ => $"{nanoseconds}ns",
        };
    }

    // A view that is drilled down into is another one for its program: depth and filter are put into a copy.
    private static List<string[]> Rows(string path, string view, int depth, string? filter)
    {
        Skip.IfNot(File.Exists(Binary), "csysdig is not installed: apt-get install sysdig");
        using TemporaryFolder folder = new();
        string name = $"{view}_{depth}";
        string chisels = Directory.CreateDirectory(System.IO.Path.Join(folder.FullName, "chisels")).FullName;
        File.WriteAllText(
            System.IO.Path.Join(chisels, $"v_{name}.lua"),
            File.ReadAllText(System.IO.Path.Join(Views, $"v_{view}.lua"))
                .Replace($"id = \"{view}\"", $"id = \"{name}\"", StringComparison.Ordinal)
                .Replace("%depth+1", (depth + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("%depth", depth.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        ProcessStartInfo start = new(Binary, ["-r", path, "-v", name, "-j", .. filter is null ? Array.Empty<string>() : [filter]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        start.Environment["TZ"] = "UTC";
        start.Environment["TERM"] = "xterm";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(output.StartsWith("{\"slices\"", StringComparison.Ordinal), $"csysdig gave no table: {output} {error.GetAwaiter().GetResult()}");

        // One slice of progress after another, and the table in the last of those that have one.
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement table = document.RootElement.GetProperty("slices").EnumerateArray().LastOrDefault(static s => s.TryGetProperty("data", out _));
        if (table.ValueKind == JsonValueKind.Undefined)
            return [];
        return
        [
            .. table.GetProperty("data").EnumerateArray()
                .Select(static row => row.GetProperty("d").EnumerateArray().Select(static v => v.ValueKind == JsonValueKind.String ? v.GetString()!.Trim() : v.GetRawText()).ToArray()),
        ];
    }
}
