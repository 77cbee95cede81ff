using System.Diagnostics;

namespace Tracers.Demo;

/// <summary>One client: a connection for each request, one after the other, and not faster than a good network.</summary>
internal sealed class LoadClient(Uri service, int number, Action<LoadResult> report) : IDisposable
{
    /// <summary>The loopback interface has no speed of its own: without a limit the largest download would be as quick as memory.</summary>
    private const long BytesPerSecond = 256 << 20;
    private const int FirstFibonacci = 20;
    private const int FibonacciCount = 8;
    private const int SmallRequests = 4;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http = new() { BaseAddress = service, DefaultRequestHeaders = { ConnectionClose = true } };
    private readonly byte[] _buffer = new byte[1 << 20];

    public void Run(CancellationToken end)
    {
        for (int turn = number; !end.IsCancellationRequested; turn++)
        {
            int step = turn % (SmallRequests + 1);
            if (step == SmallRequests) Request("/download", "/download", end);
            else if (step % 2 == 0) Request("/empty", "/empty", end);
            else Request("/fib", $"/fib/{FirstFibonacci + (turn % FibonacciCount)}", end);
            end.WaitHandle.WaitOne(s_pause);
        }
    }

    public void Dispose() => _http.Dispose();

    private void Request(string name, string path, CancellationToken end)
    {
        long began = Stopwatch.GetTimestamp();
        long bytes = 0;
        bool whole = false;
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            using HttpResponseMessage response = _http.Send(request, HttpCompletionOption.ResponseHeadersRead, end);
            using Stream body = response.Content.ReadAsStream(end);
            int count;
            while ((count = body.Read(_buffer)) > 0)
            {
                bytes += count;
                Wait(began, bytes, end);
                end.ThrowIfCancellationRequested();
            }

            whole = response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Counted as failed: the service has ended, or the time was up in the middle of it.
        }

        report(new LoadResult(name, Stopwatch.GetElapsedTime(began), bytes, whole));
    }

    private static void Wait(long began, long bytes, CancellationToken end)
    {
        TimeSpan ahead = TimeSpan.FromSeconds((double)bytes / BytesPerSecond) - Stopwatch.GetElapsedTime(began);
        if (ahead > TimeSpan.FromMilliseconds(1)) end.WaitHandle.WaitOne(ahead);
    }
}
