namespace Tracers.Engine.Analysis;

/// <summary>Which way the bytes go, seen from the process.</summary>
[Flags]
internal enum IoDirection : byte
{
    Read = 1,
    Write = 2,
    Both = Read | Write,
}
