using System.Net;
using Tracers.Demo.Simulation;

namespace Tracers.Demo;

/// <summary>The service's main thread: waits for a connection, accepts it, and starts a thread for it.</summary>
internal sealed class WebServer(Machine machine, SimThread mainThread)
{
    public const long TerminalFd = 2;
    public const long MarkerFd = 3;
    public const long ListenFd = 4;
    private const ulong StartedLock = 0x7F52_1C00_09A0;
    private const long PollTimeout = 500_000_000;

    private readonly Queue<Connection> _backlog = [];
    private TaskCompletionSource<bool>? _arrival;
    private ulong _nextTid = mainThread.Tid + 3_300;
    private int _clients = LoadPlan.ClientCount;

    public static IPEndPoint Address { get; } = new(new IPAddress([10, 0, 0, 5]), 8888);

    /// <summary>Whether clients may still come; the neighbours stop with the service.</summary>
    public bool IsOpen => _clients > 0;

    public void Connect(Connection connection)
    {
        _backlog.Enqueue(connection);
        _arrival?.TrySetResult(true);
    }

    public void ClientIsDone() => _clients--;

    public async Task RunAsync()
    {
        await machine.AcquireCpuAsync(mainThread);
        SyscallScript calls = new(mainThread);
        while (IsOpen)
        {
            if (!await calls.PollAsync(ListenFd, NextConnection())) continue;
            Connection connection = _backlog.Dequeue();
            long fd = await calls.AcceptAsync(connection.Client, Address);
            await calls.CloneThreadAsync(_nextTid, thread => ServeAsync(thread, connection, fd));
            _nextTid += 1;

            // The interpreter waits until the new thread says that it runs; mostly that has happened by then.
            await calls.FutexAsync(StartedLock, 0, 0, SyscallScript.Again);
        }

        machine.ReleaseCpu(mainThread);
    }

    private Task<bool> NextConnection()
    {
        if (_backlog.Count > 0) return Task.FromResult(true);
        TaskCompletionSource<bool> arrival = new();
        _arrival = arrival;
        machine.Schedule(PollTimeout, () => arrival.TrySetResult(false));
        return arrival.Task;
    }

    private static async Task ServeAsync(SyscallScript calls, Connection connection, long fd)
    {
        await calls.FutexAsync(StartedLock, 1, 1, 0);
        await new Handlers(calls, connection, fd).HandleAsync();
        await calls.ShutdownAsync(fd);
        await calls.CloseAsync(fd);
        connection.Close();
    }
}
