namespace Tracers.Demo.Simulation;

/// <summary>A thread of the scripted machine. It holds a CPU except while it sleeps.</summary>
internal sealed class SimThread(Machine machine, SimProcess process, ulong tid)
{
    private const long TimeSlice = 6_000_000;

    public Machine Machine { get; } = machine;

    public SimProcess Process { get; } = process;

    public ulong Tid { get; } = tid;

    /// <summary>The CPU it runs on, or ran on last.</summary>
    public int Cpu { get; set; } = (int)(tid % 2);

    /// <summary>Uses the CPU for so long, giving way to others after each time slice.</summary>
    public async Task RunAsync(long nanoseconds)
    {
        while (nanoseconds > TimeSlice)
        {
            await Machine.Delay(TimeSlice);
            nanoseconds -= TimeSlice;
            if (!Machine.SomeoneWaits) continue;
            Machine.ReleaseCpu(this);
            await Machine.AcquireCpuAsync(this);
        }

        await Machine.Delay(nanoseconds);
    }

    /// <summary>Gives the CPU up for so long.</summary>
    public async Task SleepAsync(long nanoseconds)
    {
        Machine.ReleaseCpu(this);
        await Machine.Delay(nanoseconds);
        await Machine.AcquireCpuAsync(this);
    }

    /// <summary>Gives the CPU up until the task is done.</summary>
    public async Task SleepUntilAsync(Task something)
    {
        Machine.ReleaseCpu(this);
        await something;
        await Machine.AcquireCpuAsync(this);
    }
}
