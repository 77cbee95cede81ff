using System.Runtime.InteropServices;

namespace Tracers.Demo;

internal static class Program
{
    private const string Usage = """
        Tracers.Demo serve [--port N] [--seconds N]                 the service, for so long (60), on a free port of the loopback interface
        Tracers.Demo load --port N [--clients N] [--seconds N]      requests to it from so many clients (4), for so long (10)
        Tracers.Demo run [--clients N] [--seconds N]                both: the load as a second process
        """;

    private static async Task<int> Main(string[] arguments)
    {
        if (!DemoOptions.TryParse(arguments, out DemoOptions? options, out string problem))
        {
            Console.Error.WriteLine(problem);
            Console.Error.WriteLine(Usage);
            return 2;
        }

        using CancellationTokenSource ending = new();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        switch (options.Role)
        {
            case DemoRole.Load:
                new Load(options).Run(Console.Out, ending.Token);
                break;
            case DemoRole.Serve:
                await using (Service service = await Service.StartAsync(options.Port ?? 0, Console.Out))
                    await PassAsync(options.Seconds ?? 60, ending.Token);
                break;
            default:
                await using (Service service = await Service.StartAsync(0, Console.Out))
                    return await LoadProcess.RunAsync(service.Port, options, ending.Token);
        }

        return 0;
    }

    private static async Task PassAsync(int seconds, CancellationToken ending)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), ending);
        }
        catch (OperationCanceledException)
        {
            // A signal ends it as well as the time does.
        }
    }
}
