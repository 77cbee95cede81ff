using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Tracers.DotNet.Traces;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Sessions;

/// <summary>The providers that a listening session switches on.</summary>
internal static class SessionProviders
{
    // Events of DiagnosticSources, only those that the argument names; and when somebody else asks for some.
    private const long DiagnosticEvents = 0x1 | 0x2 | 0x800;

    // Tasks flow activities, and each change of a thread's activity is said.
    private const long TaskActivities = 0x80 | 0x40000;

    private const long FormattedMessages = 0x4;
    private const long Collections = 0x1;
    private const long AllKeywords = -1;

    /// <summary>Runtimes send what a thread has said when its buffer is full or another says something: a count twice a second moves the time on.</summary>
    private const string HeartbeatSeconds = "0.5";

    public static IReadOnlyList<EventPipeProvider> Of(RuntimeListening listening) => listening switch
    {
        RuntimeListening.Hook => [Marks, Heartbeat],
        _ => [Diagnostics, Tasks, Log, Collector, Heartbeat],
    };

    private static EventPipeProvider Diagnostics => new(
        Providers.DiagnosticSource, EventLevel.Verbose, DiagnosticEvents, new Dictionary<string, string> { ["FilterAndPayloadSpecs"] = RequestedEvents.DiagnosticSourceFilter });

    private static EventPipeProvider Tasks => new(Providers.Tasks, EventLevel.Verbose, TaskActivities);

    private static EventPipeProvider Log => new(
        Providers.Logging, EventLevel.Informational, FormattedMessages, new Dictionary<string, string> { ["FilterSpecs"] = RequestedEvents.LogFilter });

    private static EventPipeProvider Collector => new(Providers.Runtime, EventLevel.Informational, Collections);

    private static EventPipeProvider Heartbeat => new(
        Providers.Counters, EventLevel.Informational, AllKeywords, new Dictionary<string, string> { ["EventCounterIntervalSec"] = HeartbeatSeconds });

    private static EventPipeProvider Marks => new(Providers.Marks, EventLevel.Verbose, AllKeywords);
}
