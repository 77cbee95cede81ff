using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tracers.DotNet.Traces;

/// <summary>An end of a connection in the form that captures have: <c>address:port</c>, <c>[address]:port</c> of IPv6.</summary>
internal static class ConnectionEnd
{
    /// <summary>The end of an address and a port as texts; empty when they are not both there, as of a connection that is no internet one.</summary>
    public static string Format(ReadOnlySpan<char> address, ReadOnlySpan<char> port)
    {
        if (!IPAddress.TryParse(address, out IPAddress? parsed) || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            return "";

        // A server that listens on all addresses of IPv6 sees IPv4 in there; the kernel's connection is shown as IPv4 in captures.
        if (parsed.IsIPv4MappedToIPv6)
            parsed = parsed.MapToIPv4();
        if (parsed.AddressFamily == AddressFamily.InterNetwork)
            return string.Create(CultureInfo.InvariantCulture, $"{parsed}:{number}");
        return string.Create(CultureInfo.InvariantCulture, $"[{new IPAddress(parsed.GetAddressBytes())}]:{number}");
    }
}
