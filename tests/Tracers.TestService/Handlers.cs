using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Tracers.TestService;

/// <summary>What requests do: each kind takes its reads to other threads in another way.</summary>
internal sealed class Handlers(NumberedFile file, HttpClient client) : IDisposable
{
    private const int Reads = 5;

    private readonly ActivitySource _source = new("Tracers.TestService");

    /// <summary>Five reads on the thread that was given the request.</summary>
    public string Sync(int k)
    {
        using Activity? activity = _source.StartActivity("sync_handler");
        for (int i = 0; i < Reads; i++)
            file.Read(k);
        return Answer(k);
    }

    /// <summary>Five reads of a stream.</summary>
    public async Task<string> Async(int k)
    {
        using Activity? activity = _source.StartActivity("async_handler");
        await file.ReadAsync(k, Reads);
        return Answer(k);
    }

    /// <summary>A read after a delay, one in a task, and five in each of three branches that run at the same time.</summary>
    public async Task<string> Branches(int k)
    {
        using Activity? activity = _source.StartActivity("branches_handler");
        await Task.Delay(1);
        file.Read(k);
        await Task.Run(() => file.Read(k));
        await Task.WhenAll(Branch("branch_a", k), Branch("branch_b", k), Branch("branch_c", k));
        return Answer(k);
    }

    /// <summary>Five reads on a thread of its own.</summary>
    public async Task<string> Thread(int k)
    {
        using Activity? activity = _source.StartActivity("thread_handler");
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            for (int i = 0; i < Reads; i++)
                file.Read(k);
            done.SetResult();
        }).Start();
        await done.Task;
        return Answer(k);
    }

    /// <summary>Five reads by as many threads as take part.</summary>
    public string Parallel(int k)
    {
        using Activity? activity = _source.StartActivity("parallel_handler");
        System.Threading.Tasks.Parallel.For(0, Reads, _ => file.Read(k));
        return Answer(k);
    }

    /// <summary>One read in work that is queued without its context: nobody can know whose it is.</summary>
    public async Task<string> Unsafe(int k)
    {
        using Activity? activity = _source.StartActivity("unsafe_handler");
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                file.Read(k);
                done.SetResult();
            },
            null);
        await done.Task;
        return Answer(k);
    }

    /// <summary>No read; a body as long as one.</summary>
    public async Task Socket(HttpResponse response, int k)
    {
        using Activity? activity = _source.StartActivity("socket_handler");
        byte[] body = new byte[NumberedFile.FirstLength + k];
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }

    /// <summary>One read, and a request to <see cref="Sync"/> of this service with the same number.</summary>
    public async Task<string> Client(HttpRequest request, int k)
    {
        using Activity? activity = _source.StartActivity("client_handler");
        file.Read(k);
        using HttpRequestMessage inner = new(HttpMethod.Get, $"http://127.0.0.1:{request.HttpContext.Connection.LocalPort}/sync/{k}")
        {
            // A port has only one of the versions.
            Version = HttpProtocol.IsHttp2(request.Protocol) ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using HttpResponseMessage response = await client.SendAsync(inner);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>One read; the activity and the response say that something went wrong.</summary>
    public IResult Fail(int k)
    {
        using Activity? activity = _source.StartActivity("fail_handler");
        file.Read(k);
        activity?.SetTag("reason", "asked for").SetStatus(ActivityStatusCode.Error);
        return Results.StatusCode(StatusCodes.Status500InternalServerError);
    }

    public void Dispose() => _source.Dispose();

    private static string Answer(int k) => k.ToString(CultureInfo.InvariantCulture);

    private async Task Branch(string name, int k)
    {
        using Activity? activity = _source.StartActivity(name);
        for (int i = 0; i < Reads; i++)
        {
            await Task.Yield();
            file.Read(k);
        }
    }
}
