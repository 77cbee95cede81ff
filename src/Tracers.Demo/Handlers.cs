using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;
using Tracers.Marks;

namespace Tracers.Demo;

/// <summary>What the service does with a request: each handler is a span, with spans for its parts inside of it.</summary>
/// <remarks>Nothing here awaits: spans nest by thread, and a request stays on its thread.</remarks>
internal sealed class Handlers(ServiceFolder folder, AccessLog log)
{
    private const int MaxFibonacci = 35;
    private const int PieceBytes = 1 << 20;

    private int _downloads;

    public Task Empty(HttpContext context)
    {
        using (Tracer.Start("empty_handler"))
        {
            using (Tracer.Start("empty_headers")) SendHeaders(context, StatusCodes.Status200OK, 0);
        }

        return Task.CompletedTask;
    }

    public Task Fib(HttpContext context)
    {
        using (Tracer.Start("fib_handler"))
        {
            if (!int.TryParse(context.Request.RouteValues["n"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out int n) || n > MaxFibonacci)
            {
                using (Tracer.Start("fib_headers")) SendHeaders(context, StatusCodes.Status400BadRequest, 0);
                return Task.CompletedTask;
            }

            byte[] result;
            using (Tracer.Start("fib_calculate", ("n", n)))
                result = Encoding.ASCII.GetBytes(Fibonacci(n).ToString(CultureInfo.InvariantCulture) + "\n");
            using (Tracer.Start("fib_headers")) SendHeaders(context, StatusCodes.Status200OK, result.Length);
            using (Tracer.Start("fib_write")) context.Response.Body.Write(result);
        }

        return Task.CompletedTask;
    }

    /// <summary>Sends one of the files, each in its turn.</summary>
    public Task Download(HttpContext context)
    {
        using (Tracer.Start("download_handler"))
        {
            uint turn = (uint)Interlocked.Increment(ref _downloads) - 1;
            using SafeFileHandle file = File.OpenHandle(folder.Downloads[(int)(turn % (uint)folder.Downloads.Count)]);
            long length = RandomAccess.GetLength(file);
            using (Tracer.Start("download_headers")) SendHeaders(context, StatusCodes.Status200OK, length);
            using (Tracer.Start("download_write", ("bytes", length))) Copy(file, context);
        }

        return Task.CompletedTask;
    }

    private static void Copy(SafeFileHandle file, HttpContext context)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            long at = 0;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                int bytes = RandomAccess.Read(file, piece.AsSpan(0, PieceBytes), at);
                if (bytes == 0) return;
                context.Response.Body.Write(piece, 0, bytes);
                at += bytes;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private void SendHeaders(HttpContext context, int status, long length)
    {
        HttpRequest request = context.Request;
        context.Response.StatusCode = status;
        context.Response.ContentLength = length;
        log.Write(string.Create(
            CultureInfo.InvariantCulture, $"{context.Connection.RemoteIpAddress} [{DateTime.UtcNow:s}Z] \"{request.Method} {request.Path}\" {status} {length}"));
        context.Response.Body.Flush();
    }

    private static long Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
}
