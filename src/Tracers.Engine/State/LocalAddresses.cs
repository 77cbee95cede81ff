using System.Net.Sockets;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <summary>The captured machine's own addresses, to complete a socket's end that the kernel had not bound yet.</summary>
/// <remarks>The order of the guesses is sysdig's: names of such sockets must be the same.</remarks>
internal sealed class LocalAddresses
{
    private const uint LoopbackV4 = 0x7F000001;

    // Arrays of plain words: lists of such structs would be compiled anew in every process.
    private uint[] _ipv4 = [];
    private uint[] _ipv4Masks = [];
    private InternetAddress[] _ipv6 = [];

    /// <summary>Takes over the interface list of a section.</summary>
    public void Begin(IReadOnlyList<InterfaceRecord> interfaces)
    {
        int v4 = 0;
        foreach (InterfaceRecord record in interfaces)
        {
            if (record.Address.AddressFamily == AddressFamily.InterNetwork)
                v4++;
        }

        _ipv4 = new uint[v4];
        _ipv4Masks = new uint[v4];
        _ipv6 = new InternetAddress[interfaces.Count - v4];
        v4 = 0;
        int v6 = 0;
        foreach (InterfaceRecord record in interfaces)
        {
            InternetAddress address = InternetAddress.Read(record.Address);
            if (record.Address.AddressFamily == AddressFamily.InterNetwork)
            {
                _ipv4[v4] = address.V4;
                _ipv4Masks[v4++] = InternetAddress.Read(record.Netmask).V4;
            }
            else
            {
                _ipv6[v6++] = address;
            }
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

    /// <summary>Whether an address is one of the machine's own; of IPv6 whether it lies in one of its networks of 64 bits, as in sysdig.</summary>
    public bool Has(bool v6, InternetAddress address)
    {
        if (!v6)
            return Array.IndexOf(_ipv4, address.V4) >= 0;
        foreach (InternetAddress own in _ipv6)
        {
            if (own.High == address.High)
                return true;
        }

        return false;
    }

    private uint Reaching(uint other)
    {
        foreach (uint address in _ipv4)
        {
            if (address == other)
                return address;
        }

        for (int i = 0; i < _ipv4.Length; i++)
        {
            if ((_ipv4[i] & _ipv4Masks[i]) == (other & _ipv4Masks[i]))
                return _ipv4[i];
        }

        foreach (uint address in _ipv4)
        {
            if (address != LoopbackV4)
                return address;
        }

        return 0;
    }

    private InternetAddress Reaching(InternetAddress other)
    {
        foreach (InternetAddress address in _ipv6)
        {
            if (address.High == other.High && address.Low == other.Low)
                return other;
        }

        foreach (InternetAddress address in _ipv6)
        {
            // The list of IPv6 interfaces is compared by network of 64 bits, whatever their masks say.
            if (address.High == other.High)
                return address;
        }

        foreach (InternetAddress address in _ipv6)
        {
            if (address is not { High: 0, Low: 1 })
                return address;
        }

        return default;
    }
}
