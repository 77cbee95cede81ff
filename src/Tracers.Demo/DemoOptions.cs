using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tracers.Demo;

/// <summary>What the command line asks for; null where it says nothing.</summary>
internal sealed record DemoOptions(DemoRole Role, int? Port, int? Clients, int? Seconds)
{
    private const int MaxPort = 65_535;

    /// <summary>The service serves each connection on a thread of its own.</summary>
    public const int MaxClients = 64;

    /// <summary>It is a demonstration: nothing of it goes on for ever.</summary>
    private const int MaxSeconds = 3_600;

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out DemoOptions? options, out string problem)
    {
        options = null;
        problem = "The first argument must be serve, load or run.";
        if (arguments.Length == 0) return false;
        DemoRole role;
        switch (arguments[0])
        {
            case "serve": role = DemoRole.Serve; break;
            case "load": role = DemoRole.Load; break;
            case "run": role = DemoRole.Run; break;
            default: return false;
        }

        DemoOptions parsed = new(role, null, null, null);
        for (int i = 1; i < arguments.Length; i += 2)
        {
            int limit = (arguments[i], role) switch
            {
                ("--port", not DemoRole.Run) => MaxPort,
                ("--clients", not DemoRole.Serve) => MaxClients,
                ("--seconds", _) => MaxSeconds,
                _ => 0,
            };
            if (limit == 0)
            {
                problem = $"{arguments[0]} has no option '{arguments[i]}'.";
                return false;
            }

            if (i + 1 == arguments.Length || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                || value < 1 || value > limit)
            {
                problem = $"{arguments[i]} needs a number from 1 to {limit}.";
                return false;
            }

            parsed = arguments[i] switch
            {
                "--port" => parsed with { Port = value },
                "--clients" => parsed with { Clients = value },
                _ => parsed with { Seconds = value },
            };
        }

        if (role == DemoRole.Load && parsed.Port is null)
        {
            problem = "load needs --port: what the service says when it starts.";
            return false;
        }

        options = parsed;
        return true;
    }
}
