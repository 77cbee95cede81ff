namespace Tracers.Engine.Capture.Linux;

/// <summary>Finds, in what libbpf says, the line that says why.</summary>
internal static class LibbpfMessages
{
    private const string Prefix = "libbpf: ";
    private const string LogBegins = "-- BEGIN PROG LOAD LOG --";
    private const string LogEnds = "-- END PROG LOAD LOG --";

    /// <summary>
    /// The verifier's last words where it refused a program, with the program's name; else the first thing that libbpf complained of. Null: it said nothing.
    /// </summary>
    public static string? Essence(string messages)
    {
        string? first = null;
        string? program = null;
        string? verdict = null;
        foreach (string raw in messages.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string line = raw.StartsWith(Prefix, StringComparison.Ordinal) ? raw[Prefix.Length..] : raw;
            if (line.EndsWith(LogBegins, StringComparison.Ordinal))
                program = line[..^LogBegins.Length].TrimEnd(' ', ':');
            else if (line.Contains(LogEnds, StringComparison.Ordinal) && verdict is not null)
                return $"{program}: {verdict}";
            else if (program is not null && !IsStatistics(line))
                verdict = line;
            else if (first is null && !IsHarmless(line))
                first = line;
        }

        return first;
    }

    // After its verdict, the verifier counts what it looked at.
    private static bool IsStatistics(string line) =>
        line.StartsWith("processed ", StringComparison.Ordinal)
        || line.StartsWith("verification time ", StringComparison.Ordinal)
        || line.StartsWith("stack depth ", StringComparison.Ordinal);

    // A map whose size was set does not fit its BTF any more; libbpf notes that and goes on without.
    private static bool IsHarmless(string line) =>
        line.Contains("Retrying without BTF", StringComparison.Ordinal) || line.Contains("BTF is optional", StringComparison.Ordinal);
}
