using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>What stands in brackets behind a descriptor's number: <c>&lt;f>/dev/null</c>, <c>&lt;4t>1.2.3.4:5->6.7.8.9:80</c>.</summary>
internal static class FdLabel
{
    public static void Append(TextBuffer text, FdInfo fd)
    {
        text.Append((byte)'<');
        text.Append((byte)fd.Kind.Letter());
        if (TransportLetter(fd) is var transport and not '\0')
            text.Append((byte)transport);
        text.Append((byte)'>');
        text.AppendName(fd.Name);
    }

    // Of a socket whose sides are not known only raw ones show what they are.
    private static char TransportLetter(FdInfo fd) => !fd.Kind.IsNetwork() || (fd.Role == SocketRole.Unknown && fd.Transport != Transport.Raw) ? '\0' : fd.Transport switch
    {
        Transport.Tcp => 't',
        Transport.Udp => 'u',
        Transport.Icmp => 'i',
        Transport.Raw => 'r',
        _ => '\0',
    };
}
