using static Tracers.Tests.Commands.CaptureScript;

namespace Tracers.Tests.Commands;

/// <summary>A small capture that holds one of everything, with numbers that can be added up by head.</summary>
internal static class SampleCapture
{
    /// <summary>Writes it and returns its path.</summary>
    public static string Write(string path, bool compress = false) => CaptureScript.Write(path, Play, compress);

    private static void Play(CaptureScript script)
    {
        // A request of exactly 500 ms, with a part of 3 ms in it that reads 1000 bytes and fails once.
        script.Mark(1 * Millisecond, Web, ">:7:request:path=/a,user=me:");
        script.Mark(2 * Millisecond, Web, ">:7:request.read::");
        script.Read(3 * Millisecond, Web, DataFd, 1000, took: 200 * Microsecond);
        script.Read(4 * Millisecond, Web, DataFd, -5, took: 100 * Microsecond);
        script.Mark(5 * Millisecond, Web, "<:7:request.read:bytes=1000:");
        script.Send(6 * Millisecond, Web, SocketFd, 300, took: 50 * Microsecond);

        // Beside it one that is a nanosecond longer, closed by the other thread.
        script.Mark(7 * Millisecond, Worker, ">:8:request::");
        script.Write(8 * Millisecond, Worker, DataFd, 40, took: 10 * Microsecond);
        script.Mark(501 * Millisecond, Web, "<:7:request:status=200:");
        script.Mark((507 * Millisecond) + 1, Web, "<:8:request::");

        // Around 500 us and around 10 s.
        script.Mark(510 * Millisecond, Backup, ">:1:tick.long::");
        script.Mark((510 * Millisecond) + (500 * Microsecond), Backup, "<:1:tick.long::");
        script.Mark(511 * Millisecond, Backup, ">:2:tick.short::");
        script.Mark((511 * Millisecond) + (500 * Microsecond) - 1, Backup, "<:2:tick.short::");
        script.Mark(520 * Millisecond, Backup, "<:9:lost::");
        script.Mark(530 * Millisecond, Worker, ">:10:hang::");
        script.Write(531 * Millisecond, Worker, DataFd, 7, took: 5 * Microsecond);
        script.Hidden(540 * Millisecond);
        script.Read(550 * Millisecond, Backup, DataFd, 5000, took: 1 * Millisecond);
        script.Write(551 * Millisecond, Backup, PipeFd, 60, took: 20 * Microsecond);
        script.Mark(600 * Millisecond, Backup, ">:11:slow::");
        script.Mark((600 * Millisecond) + (10 * Second), Backup, "<:11:slow::");
        script.Mark(11 * Second, Backup, ">:12:slow::");
        script.Mark((21 * Second) + 1, Backup, "<:12:slow::");
    }
}
