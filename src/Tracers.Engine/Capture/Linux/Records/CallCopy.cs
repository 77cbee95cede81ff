using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux;

/// <summary>One copy that the probe makes; <c>struct call_copy</c>.</summary>
/// <param name="Kind">What is copied.</param>
/// <param name="Argument">From where.</param>
/// <param name="Length">Where the length comes from; of <see cref="CopyKind.Fixed"/> the bytes themselves.</param>
/// <param name="Flags">When, and how much.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct CallCopy(CopyKind Kind, CopySource Argument, CopySource Length, CopyFlags Flags = CopyFlags.None);
