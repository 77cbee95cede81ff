using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>What the probe does with one system call; <c>struct call_row</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct CallRow
{
    /// <summary>Rows in all: those of 64-bit callers, then those of 32-bit callers from <see cref="FirstCompat"/> on.</summary>
    public const int Count = 1024;

    public const int FirstCompat = 512;

    public CallFlags Flags;
    public byte EnterCopies;
    public byte ExitCopies;
    public byte Unused;
    public Copies Enter;
    public Copies Exit;

    /// <summary>Copies at one side of a call.</summary>
    [InlineArray(MaxCopies)]
    public struct Copies
    {
        public const int MaxCopies = 4;

        private CallCopy _first;
    }
}
