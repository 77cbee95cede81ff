namespace Tracers.DotNet.Traces;

/// <summary>What a listening session asks a runtime's DiagnosticSources and logs for, and the names under which the answers come.</summary>
internal static class RequestedEvents
{
    public const string RequestStart = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start";
    public const string RequestStop = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop";
    public const string BeforeAction = "Microsoft.AspNetCore.Mvc.BeforeAction";
    public const string RouteCategory = "Microsoft.AspNetCore.Routing.EndpointMiddleware";

    /// <summary>The argument FilterAndPayloadSpecs, one source a line.</summary>
    /// <remarks>
    /// All activities are recorded, but not marked as recorded: that mark would travel on to exporters and to other services. A second line for
    /// all sources would be passed over, so the tags, which are complete at the end, come at the start too. Connections come with each request, so that
    /// those are known that were there before.
    /// </remarks>
    public static string DiagnosticSourceFilter => string.Join(
        "\r\n",
        "[AS]*/-Record:-Id;ParentSpanId;HasRemoteParent;Status;Tags=TagObjects.*Enumerate",
        $"Microsoft.AspNetCore/{RequestStart}:-Id=*Activity.Id;Request.Method;Request.Path;Request.Protocol;"
            + "Connection.LocalIpAddress;Connection.LocalPort;Connection.RemoteIpAddress;Connection.RemotePort",
        $"Microsoft.AspNetCore/{RequestStop}:-Id=*Activity.Id;Response.StatusCode",
        $"Microsoft.AspNetCore/{BeforeAction}:-HttpContext.Request.Method;ActionDescriptor.AttributeRouteInfo.Template;ActionDescriptor.DisplayName");

    /// <summary>The argument FilterSpecs: nothing of the log but what says which endpoint answers a request.</summary>
    public static string LogFilter => $"{RouteCategory}:Information";
}
