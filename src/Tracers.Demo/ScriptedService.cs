using System.IO.Compression;
using Tracers.Demo.Simulation;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Demo;

/// <summary>
/// A small web service under load, as a script: it makes the capture that a recording of such a service would give, and always
/// the same one. Its handlers are tagged with span markers; some downloads are slow, and one never ends.
/// </summary>
public static class ScriptedService
{
    private const ulong Seed = 2016_12_20;

    /// <summary>2016-12-20 10:00:00 UTC.</summary>
    private const ulong StartTime = 1_482_228_000_000_000_000;

    /// <summary>Writes the capture and leaves the stream open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="compress">Whether as gzip. The plain bytes are the same everywhere; what gzip makes of them is not.</param>
    /// <returns>The number of events.</returns>
    public static long Write(Stream output, bool compress = false)
    {
        CaptureWriterOptions options = new()
        {
            Compress = compress, CompressionLevel = CompressionLevel.SmallestSize, LeaveOpen = true,
        };

        // On a thread of the pool: the caller's scheduler or synchronization context would change the order in which things happen.
        return Task.Run(() => Write(output, options)).GetAwaiter().GetResult();
    }

    private static long Write(Stream output, CaptureWriterOptions options)
    {
        using CaptureWriter writer = new(output, options);
        Host host = new();
        host.Write(writer);
        Machine machine = new(writer, StartTime, Host.CpuCount);
        WebServer server = new(machine, new SimThread(machine, host.Service, host.Service.Pid));
        machine.Start(server.RunAsync);
        machine.Start(() => Neighbours.WatchAsync(machine, new SimThread(machine, host.Agent, host.Agent.Pid), server));
        machine.Start(() => Neighbours.BackUpAsync(machine, new SimThread(machine, host.Backup, host.Backup.Pid), server));
        IReadOnlyList<IReadOnlyList<RequestPlan>> load = LoadPlan.Make(Seed);
        for (int number = 0; number < load.Count; number++)
        {
            LoadClient client = new(machine, server, number, load[number]);
            machine.Start(client.RunAsync);
        }

        machine.Run();
        return writer.EventCount;
    }
}
