using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>A socket as the kernel has it; <c>struct copied_socket</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct CopiedSocket
{
    public const int Size = 184;

    /// <summary>AF_*; 0 when the descriptor is no socket.</summary>
    public readonly ushort Family;

    /// <summary>SOCK_*.</summary>
    public readonly ushort Type;
    public readonly ushort LocalPort;
    public readonly ushort RemotePort;

    /// <summary>Network order; IPv4 in the first four bytes.</summary>
    public readonly Address Local;
    public readonly Address Remote;

    /// <summary>Kernel addresses that name the two ends of a unix socket.</summary>
    public readonly ulong Socket;
    public readonly ulong Peer;

    /// <summary>A listening socket's backlog.</summary>
    public readonly uint Queued;
    public readonly uint QueueLimit;

    /// <summary>IPPROTO_*.</summary>
    public readonly byte Protocol;

    /// <summary>TCP_* as in the kernel's tcp_states.h.</summary>
    public readonly byte State;
    public readonly ushort PathLength;
    private readonly uint _unused;

    /// <summary>A unix socket's own path, or else its peer's; an abstract name begins with a NUL.</summary>
    public readonly UnixPath Path;
    private readonly uint _unused2;

    [InlineArray(16)]
    public struct Address
    {
        private byte _first;
    }

    [InlineArray(108)]
    public struct UnixPath
    {
        private byte _first;
    }
}
