using System.Net;

namespace Tracers.Engine.Scap.Records;

/// <summary>One address of a network interface of the captured machine (FORMAT.md 3.5). The three addresses are of one family.</summary>
/// <param name="Name">The interface's name.</param>
/// <param name="Address">Its address; the family decides the entry's type.</param>
/// <param name="Netmask">The mask.</param>
/// <param name="Broadcast">The broadcast address.</param>
/// <param name="LinkSpeed">Speed in Mbit/s, 0 if not known.</param>
public sealed record InterfaceRecord(ByteText Name, IPAddress Address, IPAddress Netmask, IPAddress Broadcast, ulong LinkSpeed = 0);
