using System.Net.Sockets;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <summary>The captured machine's own addresses, to complete a socket's end that the kernel had not bound yet.</summary>
/// <remarks>The order of the guesses is sysdig's: names of such sockets must be the same.</remarks>
internal sealed class LocalAddresses
{
    private const uint LoopbackV4 = 0x7F000001;

    private readonly List<(uint Address, uint Mask)> _ipv4 = [];
    private readonly List<InternetAddress> _ipv6 = [];

    /// <summary>Takes over the interface list of a section.</summary>
    public void Begin(IEnumerable<InterfaceRecord> interfaces)
    {
        _ipv4.Clear();
        _ipv6.Clear();
        foreach (InterfaceRecord record in interfaces)
        {
            if (record.Address.AddressFamily == AddressFamily.InterNetwork)
                _ipv4.Add(new(InternetAddress.Read(record.Address).V4, InternetAddress.Read(record.Netmask).V4));
            else
                _ipv6.Add(InternetAddress.Read(record.Address));
        }
    }

    /// <summary>Replaces an end without an address, in the tuple of a datagram, by the machine's own one that would reach the other end.</summary>
    public void Complete(FdKind kind, ref InternetAddress source, ushort sourcePort, ref InternetAddress destination, ushort destinationPort)
    {
        if (!source.IsNone && !destination.IsNone)
            return;

        bool sourceIsMissing = source.IsNone;
        InternetAddress other = sourceIsMissing ? destination : source;
        InternetAddress own = kind == FdKind.Ipv4 ? new(0, Reaching(other.V4)) : Reaching(other);

        // A socket is not connected to itself.
        if (own == other && sourcePort == destinationPort)
            return;
        if (sourceIsMissing)
            source = own;
        else
            destination = own;
    }

    private uint Reaching(uint other)
    {
        foreach ((uint address, _) in _ipv4)
        {
            if (address == other)
                return address;
        }

        foreach ((uint address, uint mask) in _ipv4)
        {
            if ((address & mask) == (other & mask))
                return address;
        }

        return _ipv4.Find(static i => i.Address != LoopbackV4).Address;
    }

    private InternetAddress Reaching(InternetAddress other)
    {
        if (_ipv6.Contains(other))
            return other;
        foreach (InternetAddress address in _ipv6)
        {
            // The list of IPv6 interfaces is compared by network of 64 bits, whatever their masks say.
            if (address.High == other.High)
                return address;
        }

        return _ipv6.Find(static a => a != new InternetAddress(0, 1));
    }
}
