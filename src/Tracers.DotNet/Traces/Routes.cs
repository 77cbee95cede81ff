namespace Tracers.DotNet.Traces;

/// <summary>Short names of what answers a request.</summary>
internal static class Routes
{
    private const string Executing = "ExecutingEndpoint";
    private const string HttpPrefix = "HTTP: ";
    private const string Handler = " => ";

    /// <summary>From the log message <c>Executing endpoint 'HTTP: GET /users/{id} => Handler'</c>; null of another, and of a controller's action, which says more itself.</summary>
    public static string? FromMessage(ReadOnlySpan<byte> payload)
    {
        // Level, number of the factory, category, number of the event, its name, the message.
        PayloadReader reader = new(payload);
        reader.ReadInt32();
        reader.ReadInt32();
        if (!reader.ReadText().SequenceEqual(RequestedEvents.RouteCategory))
            return null;
        reader.ReadInt32();
        if (!reader.ReadText().SequenceEqual(Executing))
            return null;
        ReadOnlySpan<char> message = reader.ReadText();
        int first = message.IndexOf('\''), last = message.LastIndexOf('\'');
        return first < 0 || last <= first ? null : FromEndpoint(message[(first + 1)..last]);
    }

    /// <summary>From what is known of a controller's action before it runs: its template, or else its name.</summary>
    public static string? FromAction(ReadOnlySpan<char> method, ReadOnlySpan<char> template, ReadOnlySpan<char> displayName)
    {
        if (!template.IsEmpty)
            return $"{method} /{template.TrimStart('/')}".TrimStart();

        // App.Controllers.HomeController.Index (App)
        ReadOnlySpan<char> name = displayName;
        if (name.IndexOf(" (") is > 0 and int assembly)
            name = name[..assembly];
        int dot = name.LastIndexOf('.');
        if (dot > 0 && name[..dot].LastIndexOf('.') is >= 0 and int type)
            name = name[(type + 1)..];
        return name.IsEmpty ? null : $"{method} {name}".TrimStart();
    }

    private static string? FromEndpoint(ReadOnlySpan<char> endpoint)
    {
        if (endpoint.StartsWith(HttpPrefix))
        {
            endpoint = endpoint[HttpPrefix.Length..];
            int handler = endpoint.IndexOf(Handler);
            return (handler < 0 ? endpoint : endpoint[..handler]).ToString();
        }

        // An action: its name with the assembly in brackets.
        return endpoint.IsEmpty || endpoint.EndsWith(")") ? null : endpoint.ToString();
    }
}
