using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tracers.TestService;

/// <summary>Serves until its standard input is closed; says on one line where.</summary>
internal static class Program
{
    private const string Http2Option = "--http2";

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ([] or [Http2Option]))
        {
            Console.Error.WriteLine($"The only argument is {Http2Option}: serve HTTP/2 without TLS too, on a second port.");
            return 2;
        }

        WebApplicationBuilder builder = WebApplication.CreateBuilder();

        // Nothing is written anywhere, but the logger of events stays: with it, ASP.NET Core makes activities though nobody listens.
        builder.Logging.ClearProviders().AddEventSourceLogger();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            if (arguments.Length > 0)
                options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });

        await using WebApplication app = builder.Build();
        using NumberedFile file = new();
        using HttpClient client = new();
        using Handlers handlers = new(file, client);
        app.MapGet("/plain", static () => "plain");
        app.MapGet("/sync", handlers.Sync);
        app.MapGet("/sync/{k:int}", handlers.Sync);
        app.MapGet("/async", handlers.Async);
        app.MapGet("/branches", handlers.Branches);
        app.MapGet("/thread", handlers.Thread);
        app.MapGet("/parallel", handlers.Parallel);
        app.MapGet("/unsafe", handlers.Unsafe);
        app.MapGet("/socket", handlers.Socket);
        app.MapGet("/client", handlers.Client);
        app.MapGet("/fail", handlers.Fail);

        await app.StartAsync();
        Console.WriteLine($"listening on {string.Join(" and ", app.Urls)}");

        // A thread of its own: a read of standard input is not one of the pool's.
        new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            app.Lifetime.StopApplication();
        }) { IsBackground = true }.Start();
        await app.WaitForShutdownAsync();
        return 0;
    }
}
