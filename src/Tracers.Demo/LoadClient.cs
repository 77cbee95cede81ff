using System.Net;
using Tracers.Demo.Simulation;

namespace Tracers.Demo;

/// <summary>A client on another machine: one request after the other, with pauses. Only what it does to the server is captured.</summary>
internal sealed class LoadClient(Machine machine, WebServer server, int number, IReadOnlyList<RequestPlan> requests)
{
    private readonly IPAddress _address = new([10, 0, 0, (byte)(20 + number)]);
    private int _port = 41_000 + (number * 500);

    public async Task RunAsync()
    {
        foreach (RequestPlan plan in requests)
        {
            await machine.Delay(plan.Think);
            Connection connection = new(new IPEndPoint(_address, _port), plan);
            _port += 2;
            server.Connect(connection);
            await connection.Closed;
        }

        server.ClientIsDone();
    }
}
