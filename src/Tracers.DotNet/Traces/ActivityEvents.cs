using Microsoft.Diagnostics.Tracing;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Traces;

/// <summary>Understands the events of activities, of requests and their routes, and of the ways through threads.</summary>
internal sealed class ActivityEvents(IRuntimeSink sink)
{
    // By their names: self-describing EventSources number their events anew in each process.
    private const string DiagnosticEvent = "Event";
    private const string ActivityStart = "Activity/Start";
    private const string ActivityStop = "Activity/Stop";
    private const string Enabled = "Version";
    private const string SetActivityId = "SetActivityId";
    private const string FormattedMessage = "FormattedMessage";

    private const string StatusCodeTag = "http.response.status_code";
    private const int FirstServerError = 500;

    /// <summary>Requests whose response is known and whose end is not, at most: more are activities whose end was lost.</summary>
    private const int MostResponses = 10_000;

    private readonly DiagnosticArguments _arguments = new();
    private readonly Dictionary<ulong, string> _statusCodes = [];

    /// <summary>How often somebody has asked the runtime for its activities. It has one list of what is wanted: the last who asks replaces it, and whoever ends takes it away.</summary>
    public int Enablings { get; private set; }

    /// <summary>Tells the sink of an event; false of one that is about something else.</summary>
    public bool Take(TraceEvent e, RuntimeMoment moment)
    {
        switch (e.ProviderName)
        {
            case Providers.Tasks:
                if (e.EventName == SetActivityId)
                    sink.ContextChanged(moment, new PayloadReader(Payload(e)).ReadGuid());
                return true;
            case Providers.DiagnosticSource:
                TakeDiagnostic(e, moment);
                return true;
            case Providers.Logging:
                if (e.EventName == FormattedMessage && Routes.FromMessage(Payload(e)) is { } route)
                    sink.RouteFound(moment, e.ActivityID, route);
                return true;
            default:
                return false;
        }
    }

    private void TakeDiagnostic(TraceEvent e, RuntimeMoment moment)
    {
        string kind = e.EventName;
        if (kind == Enabled)
            Enablings++;
        if (kind is not (ActivityStart or ActivityStop or DiagnosticEvent))
            return;
        PayloadReader reader = new(Payload(e));
        string source = _arguments.Intern(reader.ReadText());
        string name = _arguments.Intern(reader.ReadText());
        _arguments.Read(ref reader);
        switch (kind)
        {
            case ActivityStart:
                Begin(e, moment, source, name);
                break;
            case ActivityStop:
                End(moment);
                break;
            default:
                TakeNamed(e, moment, name);
                break;
        }
    }

    private void Begin(TraceEvent e, RuntimeMoment moment, string source, string name)
    {
        (ulong id, string traceId) = Identity();
        if (id == 0)
            return;
        sink.ActivityBegan(moment, new RuntimeActivity
        {
            Id = id,
            ParentId = ParentIdentity(),
            HasRemoteParent = _arguments["HasRemoteParent"] is "True",
            TraceId = traceId,
            Source = source,
            Name = name,
            Context = e.ActivityID,
        });
    }

    private void End(RuntimeMoment moment)
    {
        (ulong id, _) = Identity();
        if (id == 0)
            return;
        List<KeyValuePair<string, string>> tags = ActivityTags.Parse(_arguments["Tags"]);
        bool failed = _arguments["Status"] is "Error";
        if (_statusCodes.Remove(id, out string? code))
        {
            if (!tags.Exists(static t => t.Key == StatusCodeTag))
                tags.Add(new KeyValuePair<string, string>(StatusCodeTag, code));
            failed |= int.TryParse(code, out int number) && number >= FirstServerError;
        }

        sink.ActivityEnded(moment, id, tags, failed);
    }

    private void TakeNamed(TraceEvent e, RuntimeMoment moment, string name)
    {
        switch (name)
        {
            case RequestedEvents.RequestStart when Identity().Id is var id and not 0:
                sink.RequestBegan(moment, new RuntimeRequest
                {
                    ActivityId = id,
                    Method = _arguments["Method"].ToString(),
                    Path = _arguments["Path"].ToString(),
                    Protocol = _arguments["Protocol"].ToString(),
                    LocalEnd = ConnectionEnd.Format(_arguments["LocalIpAddress"], _arguments["LocalPort"]),
                    RemoteEnd = ConnectionEnd.Format(_arguments["RemoteIpAddress"], _arguments["RemotePort"]),
                });
                break;
            case RequestedEvents.RequestStop when Identity().Id is var id and not 0:
                if (_statusCodes.Count >= MostResponses)
                    _statusCodes.Clear();
                _statusCodes[id] = _arguments.Intern(_arguments["StatusCode"]);
                break;
            case RequestedEvents.BeforeAction when Routes.FromAction(_arguments["Method"], _arguments["Template"], _arguments["DisplayName"]) is { } route:
                sink.RouteFound(moment, e.ActivityID, route);
                break;
        }
    }

    // What other tools have asked for may give the parts of the id and not the whole.
    private (ulong Id, string TraceId) Identity() =>
        ActivityId.Parse(_arguments["Id"], out string traceId) is var id and not 0
            ? (id, traceId)
            : (ActivityId.ParseSpanId(_arguments["SpanId"]), _arguments["TraceId"].ToString());

    private ulong ParentIdentity() =>
        ActivityId.ParseSpanId(_arguments["ParentSpanId"]) is var id and not 0 ? id : ActivityId.Parse(ActivityId.ParentOf(_arguments["Id"]), out _);

    private static unsafe ReadOnlySpan<byte> Payload(TraceEvent e) => new((void*)e.DataStart, e.EventDataLength);
}
