using System.Globalization;
using System.Text;
using Tracers.Demo.Simulation;

namespace Tracers.Demo;

/// <summary>
/// What the service does with a request, in the thread of that request: /fib, /empty and /download, each tagged with a span, its
/// parts with spans inside it.
/// </summary>
internal sealed class Handlers(SyscallScript calls, Connection connection, long socket)
{
    public const string BlobPath = "/srv/www/blob.bin";
    public const int BlobBytes = 12 * ChunkBytes;
    private const int ChunkBytes = 64 << 10;
    private const ulong GlobalLock = 0x7F52_1C00_0030;

    private static readonly byte[] s_traceback = Encoding.ASCII.GetBytes(
        "Traceback (most recent call last):\n  File \"/srv/app/server.py\", line 71, in do_GET\nBrokenPipeError: [Errno 32] Broken pipe\n");

    private readonly SimThread _thread = calls.Thread;
    private int _sent;

    public async Task HandleAsync()
    {
        byte[] request = Encoding.ASCII.GetBytes(
            $"GET {connection.Plan.Path} HTTP/1.1\r\nHost: {WebServer.Address}\r\nUser-Agent: load/1.0\r\nAccept: */*\r\n\r\n");
        if (connection.Plan.SendsLate)
        {
            await calls.RecvFromAsync(socket, 8192, SyscallScript.Again, []);
            await _thread.SleepAsync(3_100_000);
        }

        await calls.RecvFromAsync(socket, 8192, request.Length, request);
        await _thread.RunAsync(160_000);
        string path = connection.Plan.Path.Split('?')[0];
        await (path switch
        {
            "/fib" => FibAsync(),
            "/download" => DownloadAsync(),
            _ => EmptyAsync(),
        });
    }

    private async Task EmptyAsync()
    {
        await OpenSpanAsync("empty_handler");
        await HeadersAsync("empty_handler.empty_headers", 200, 0);
        await CloseSpanAsync("empty_handler", "code=200");
    }

    private async Task FibAsync()
    {
        int n = connection.Plan.FibNumber;
        await OpenSpanAsync("fib_handler", Invariant($"n={n}"));
        await HeadersAsync("fib_handler.fib_headers", 200, 8);
        await OpenSpanAsync("fib_handler.fib_calc");

        // The interpreter's lock passes to a waiting thread now and then.
        await _thread.RunAsync(1_450 * Fibonacci(n));
        bool contended = _thread.Machine.SomeoneWaits;
        await calls.FutexAsync(GlobalLock, 0, 2, contended ? 0 : SyscallScript.Again, contended ? 5_000_000 : 0);
        await CloseSpanAsync("fib_handler.fib_calc");
        await SendAsync(Encoding.ASCII.GetBytes(Invariant($"{Fibonacci(n)}\n")));
        await CloseSpanAsync("fib_handler", "code=200");
    }

    private async Task DownloadAsync()
    {
        if (connection.Plan.Path.Contains("missing", StringComparison.Ordinal))
        {
            await OpenSpanAsync("download_handler", "file=missing.bin");
            await calls.StatAsync("/srv/www/missing.bin", SyscallScript.NoEntry);
            await calls.OpenAtAsync("/srv/www/missing.bin", SyscallScript.ReadOnly | SyscallScript.CloseOnExec, SyscallScript.NoEntry);
            await HeadersAsync("download_handler.download_headers", 404, 0);
            await CloseSpanAsync("download_handler", "code=404");
            return;
        }

        await OpenSpanAsync("download_handler", "file=blob.bin");
        await HeadersAsync("download_handler.download_headers", 200, BlobBytes);
        await OpenSpanAsync("download_handler.download_write");
        long fd = await calls.OpenAtAsync(BlobPath, SyscallScript.ReadOnly | SyscallScript.CloseOnExec);
        await calls.FstatAsync(fd);
        bool whole = await CopyAsync(fd);
        await calls.CloseAsync(fd);
        if (!whole)
        {
            // The exception leaves both spans open: nobody wrote the markers that close them.
            await calls.WriteAsync(WebServer.TerminalFd, s_traceback);
            return;
        }

        await CloseSpanAsync("download_handler.download_write", Invariant($"bytes={_sent}"));
        await CloseSpanAsync("download_handler", "code=200");
    }

    /// <summary>Copies the file to the client; false if the client has gone.</summary>
    private async Task<bool> CopyAsync(long fd)
    {
        long chunks = BlobBytes / ChunkBytes;
        long perChunk = connection.Plan.Transfer / chunks;
        bool slow = connection.Plan.Transfer > 500_000_000;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            // A slow transfer waits for the disk at its start and for the client later on; a fast one has the file in memory.
            long disk = slow && chunk < 4 ? perChunk / 3 : 0;
            bool waits = slow ? chunk >= 2 : chunk % 3 == 2;
            long client = waits ? perChunk * (slow ? 1 : 3) : 0;
            await calls.ReadAsync(fd, ChunkBytes, ChunkBytes, BlobChunk(chunk), disk);
            if (connection.Plan.Disconnects && chunk == 7)
            {
                await calls.SendToAsync(socket, ChunkBytes, SyscallScript.BrokenPipe, BlobChunk(chunk));
                return false;
            }

            await calls.SendToAsync(socket, ChunkBytes, ChunkBytes, BlobChunk(chunk), client);
            _sent += ChunkBytes;
        }

        await calls.ReadAsync(fd, ChunkBytes, 0, []);
        return true;
    }

    private async Task HeadersAsync(string span, int code, int contentLength)
    {
        await OpenSpanAsync(span);
        string reason = code == 200 ? "OK" : "Not Found";
        TimeSpan time = TimeSpan.FromTicks(_thread.Machine.Now / 100);
        await calls.WriteAsync(WebServer.TerminalFd, Encoding.ASCII.GetBytes(Invariant(
            $"{connection.Client.Address} - - [20/Dec/2016 10:00:{time.Seconds:00}] \"GET {connection.Plan.Path} HTTP/1.1\" {code} -\n")));
        await SendAsync(Encoding.ASCII.GetBytes(Invariant(
            $"HTTP/1.0 {code} {reason}\r\nServer: BaseHTTP/0.3 Python/2.7.12\r\nContent-Length: {contentLength}\r\n\r\n")));
        await CloseSpanAsync(span, Invariant($"code={code}"));
    }

    private Task SendAsync(byte[] data) => calls.SendToAsync(socket, (uint)data.Length, data.Length, data);

    private Task OpenSpanAsync(string tags, string arguments = "") => calls.MarkAsync(WebServer.MarkerFd, $">:t:{tags}:{arguments}:");

    private Task CloseSpanAsync(string tags, string arguments = "") => calls.MarkAsync(WebServer.MarkerFd, $"<:t:{tags}:{arguments}:");

    private static byte[] BlobChunk(int chunk)
    {
        int first = chunk * 4096;
        return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(first, 5).Select(line => Invariant($"blob {line:00000000}\n"))));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static long Fibonacci(int n)
    {
        (long a, long b) = (0, 1);
        for (int i = 0; i < n; i++) (a, b) = (b, a + b);
        return a;
    }
}
