namespace Tracers.Engine.Analysis;

/// <summary>Which way the bytes go, seen from the process.</summary>
[Flags]
public enum IoDirection : byte
{
    /// <summary>Bytes that came in.</summary>
    Read = 1,

    /// <summary>Bytes that went out.</summary>
    Write = 2,

    /// <summary>Either way.</summary>
    Both = Read | Write,
}
