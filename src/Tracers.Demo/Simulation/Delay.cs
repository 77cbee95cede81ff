using System.Runtime.CompilerServices;

namespace Tracers.Demo.Simulation;

/// <summary>Awaiting this goes on when the machine's clock has moved by so much.</summary>
internal readonly struct Delay(Machine machine, long nanoseconds) : INotifyCompletion
{
    /// <summary>Never: even a delay of nothing lets everything go first that is due now.</summary>
    public bool IsCompleted => false;

    public Delay GetAwaiter() => this;

    public void OnCompleted(Action continuation) => machine.Schedule(nanoseconds, continuation);

    public void GetResult()
    {
    }
}
