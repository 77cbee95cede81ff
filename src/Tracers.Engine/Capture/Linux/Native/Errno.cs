namespace Tracers.Engine.Capture.Linux.Native;

/// <summary>The kernel's error numbers that are told apart here.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int TooBig = 7;
    public const int TryAgain = 11;
    public const int NoMemory = 12;
    public const int AccessDenied = 13;
    public const int Invalid = 22;
    public const int NotSupported = 524;
}
