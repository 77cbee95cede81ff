namespace Tracers.Engine.State;

/// <summary>The transport of a socket, with the numbers of the capture format.</summary>
internal enum Transport : byte
{
    Unknown = 0,
    NotApplicable = 1,
    Tcp = 2,
    Udp = 3,
    Icmp = 4,
    Raw = 5,
}
