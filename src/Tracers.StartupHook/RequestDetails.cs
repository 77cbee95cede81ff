using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Tracers.Marks;

namespace Tracers.StartupHook;

/// <summary>What ASP.NET Core knows of a request, by the names that OpenTelemetry gives it.</summary>
internal sealed class RequestDetails : ActivityDetails
{
    private const string RouteName = "http.route";
    private const string MethodName = "http.request.method";
    private const string StatusName = "http.response.status_code";

    // As many characters as two ends with a port each have at most.
    private const int LongestConnection = 160;

    private readonly HttpContext _context;
    private readonly string _method;
    private readonly string _path;
    private readonly string _protocol;
    private readonly IPAddress? _localAddress;
    private readonly IPAddress? _remoteAddress;
    private readonly int _localPort;
    private readonly int _remotePort;
    private string? _route;

    // All but the status is read here, on the request's thread: a context is not for others.
    public RequestDetails(HttpContext context)
    {
        _context = context;
        _method = context.Request.Method;
        _path = context.Request.PathBase.Value + context.Request.Path.Value;
        _protocol = context.Request.Protocol;
        if (context.Features.Get<IHttpConnectionFeature>() is { } connection)
        {
            (_localAddress, _localPort) = (connection.LocalIpAddress, connection.LocalPort);
            (_remoteAddress, _remotePort) = (connection.RemoteIpAddress, connection.RemotePort);
        }
    }

    public override string? Tag => Volatile.Read(ref _route) is { } route ? $"{KnownMethod} {route}" : null;

    // Of few values, whatever clients send.
    private string KnownMethod => HttpMethods.IsGet(_method) || HttpMethods.IsPost(_method) || HttpMethods.IsPut(_method) || HttpMethods.IsDelete(_method)
        || HttpMethods.IsPatch(_method) || HttpMethods.IsHead(_method) || HttpMethods.IsOptions(_method) || HttpMethods.IsTrace(_method) || HttpMethods.IsConnect(_method)
        ? _method : "HTTP";

    /// <summary>Notes the route of a request, which routing has just found.</summary>
    public static void FindRoute(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity && ActivityMarks.DetailsOf(activity) is RequestDetails details
            && (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern)
            Volatile.Write(ref details._route, pattern.StartsWith('/') ? pattern : "/" + pattern);
    }

    public override void AddFirst(ref WholeArguments arguments)
    {
        arguments.Add("method", _method);
        arguments.Add("protocol", _protocol);
        AddConnection(ref arguments);
        arguments.Add("path", _path);
    }

    // Named here where ASP.NET Core does not: up to .NET 9 it has no such tags, from .NET 10 on it leaves them to OpenTelemetry unless told otherwise.
    public override void AddLast(ref WholeArguments arguments)
    {
        Activity? activity = _context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (_route is not null && activity?.GetTagItem(RouteName) is null)
            arguments.Add(RouteName, _route);
        if (activity?.GetTagItem(MethodName) is null)
            arguments.Add(MethodName, _method);
        if (activity?.GetTagItem(StatusName) is null)
            arguments.Add(StatusName, (ulong)_context.Response.StatusCode);
    }

    private void AddConnection(ref WholeArguments arguments)
    {
        if (_localAddress is null || _remoteAddress is null)
            return;
        Span<char> text = stackalloc char[LongestConnection];
        if (TryFormat(text, _localAddress, _localPort, out int local) && local < text.Length)
        {
            text[local++] = '-';
            if (TryFormat(text[local..], _remoteAddress, _remotePort, out int remote))
                arguments.Add("connection", text[..(local + remote)]);
        }
    }

    // A socket for both versions has IPv4 addresses in the form of IPv6.
    private static bool TryFormat(Span<char> text, IPAddress address, int port, out int length)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? text.TryWrite(CultureInfo.InvariantCulture, $"[{address}]:{port}", out length)
            : text.TryWrite(CultureInfo.InvariantCulture, $"{address}:{port}", out length);
    }
}
