using System.Net;
using System.Runtime.InteropServices;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>The addresses of the machine's network interfaces.</summary>
internal static unsafe partial class InterfaceAddresses
{
    private const ushort Ipv4 = 2;
    private const ushort Ipv6 = 10;
    private const int LongestName = 1023;

    /// <summary>All IPv4 and IPv6 addresses, in the system's order; none when it does not tell. Speeds are not told.</summary>
    public static List<InterfaceRecord> Read()
    {
        List<InterfaceRecord> records = [];
        if (GetAddresses(out Entry* first) != 0)
            return records;
        try
        {
            for (Entry* entry = first; entry != null; entry = entry->Next)
            {
                if (entry->Address == null || *(ushort*)entry->Address is not (Ipv4 or Ipv6) || entry->Name == null)
                    continue;
                bool v4 = *(ushort*)entry->Address == Ipv4;
                ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry->Name);
                records.Add(new InterfaceRecord(
                    new ByteText(name[..Math.Min(name.Length, LongestName)].ToArray()),
                    AddressOf(entry->Address, v4),
                    AddressOf(entry->Netmask, v4),
                    AddressOf(entry->Broadcast, v4)));
            }
        }
        finally
        {
            FreeAddresses(first);
        }

        return records;
    }

    // The address stands behind family and port, of IPv6 also behind the flow. An end without one has all zeros, as in sysdig's files.
    private static IPAddress AddressOf(byte* address, bool v4)
    {
        if (address == null || *(ushort*)address != (v4 ? Ipv4 : Ipv6))
            return v4 ? IPAddress.Any : IPAddress.IPv6Any;
        return new IPAddress(v4 ? new ReadOnlySpan<byte>(address + 4, 4) : new ReadOnlySpan<byte>(address + 8, 16));
    }

    [LibraryImport("libc", EntryPoint = "getifaddrs")]
    private static partial int GetAddresses(out Entry* first);

    [LibraryImport("libc", EntryPoint = "freeifaddrs")]
    private static partial void FreeAddresses(Entry* first);

    /// <summary><c>struct ifaddrs</c>; of a point-to-point link the broadcast address is its other end.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Entry
    {
        public readonly Entry* Next;
        public readonly byte* Name;
        public readonly uint Flags;
        public readonly byte* Address;
        public readonly byte* Netmask;
        public readonly byte* Broadcast;
        public readonly void* Data;
    }
}
