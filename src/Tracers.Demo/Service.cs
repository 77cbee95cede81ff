using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Tracers.Demo.Transport;

namespace Tracers.Demo;

/// <summary>The running service: /empty, /fib/{n} and /download on the loopback interface.</summary>
internal sealed class Service : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private readonly ServiceFolder _folder;
    private readonly AccessLog _log;

    private Service(WebApplication application, ServiceFolder folder, AccessLog log)
    {
        _application = application;
        _folder = folder;
        _log = log;
        Port = new Uri(application.Urls.Single()).Port;
    }

    public int Port { get; }

    /// <summary>Starts it, and says where it is.</summary>
    public static async Task<Service> StartAsync(int port, TextWriter output)
    {
        // A thread for each request: all of them may wait for their clients.
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, DemoOptions.MaxClients), completions);

        ServiceFolder folder = new(output);
        AccessLog log = new(folder.PathOf("access.log"));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IConnectionListenerFactory, BlockingTransport>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AllowSynchronousIO = true;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        WebApplication application = builder.Build();
        Handlers handlers = new(folder, log);
        application.UseRouting();
        application.MapGet("/empty", handlers.Empty);
        application.MapGet("/fib/{n}", handlers.Fib);
        application.MapGet("/download", handlers.Download);
        await application.StartAsync();
        Service service = new(application, folder, log);
        output.WriteLine($"http://127.0.0.1:{service.Port} serves /empty, /fib/{{n}} and /download from {folder.Path}");
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(s_patience);
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }
}
