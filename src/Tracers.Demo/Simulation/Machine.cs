using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Demo.Simulation;

/// <summary>
/// A machine with a clock that only moves when told and a few CPUs. What its threads do is written to the capture in the order in
/// which it happens, so nothing is sorted afterwards and no clock, scheduler or chance of the real machine plays a part.
/// </summary>
internal sealed class Machine
{
    private readonly CaptureWriter _writer;
    private readonly PriorityQueue<Action, (long Time, long Order)> _due = new();
    private readonly List<Task> _running = [];
    private readonly SimThread?[] _cpus;
    private readonly Queue<(SimThread Thread, TaskCompletionSource Turn)> _waiting = [];
    private long _order;
    private long _now;
    private ulong _lastTimestamp;

    public Machine(CaptureWriter writer, ulong startTime, int cpuCount)
    {
        _writer = writer;
        _lastTimestamp = startTime;
        StartTime = startTime;
        _cpus = new SimThread?[cpuCount];
    }

    /// <summary>Nanoseconds since the epoch when the clock stood at 0.</summary>
    public ulong StartTime { get; }

    /// <summary>Nanoseconds since the start.</summary>
    public long Now => _now;

    /// <summary>Whether a thread waits for a CPU.</summary>
    public bool SomeoneWaits => _waiting.Count > 0;

    /// <summary>Lets time pass without using a CPU.</summary>
    public Delay Delay(long nanoseconds) => new(this, nanoseconds);

    /// <summary>Calls back after so many nanoseconds; what is due at the same time goes in the order in which it was scheduled.</summary>
    public void Schedule(long nanoseconds, Action action) => _due.Enqueue(action, (_now + nanoseconds, _order++));

    /// <summary>Starts an activity beside the others.</summary>
    public void Start(Func<Task> activity) => Schedule(0, () => _running.Add(activity()));

    /// <summary>Runs until nothing is left to do.</summary>
    /// <exception cref="InvalidOperationException">An activity waits for something that will never happen.</exception>
    public void Run()
    {
        while (_due.TryDequeue(out Action? action, out (long Time, long Order) key))
        {
            _now = key.Time;
            action();
        }

        foreach (Task task in _running)
        {
            if (!task.IsCompleted) throw new InvalidOperationException("The script has stopped while an activity was still waiting.");
            task.GetAwaiter().GetResult();
        }
    }

    /// <summary>Gives the thread a CPU, at once or when one is free.</summary>
    public async Task AcquireCpuAsync(SimThread thread)
    {
        int cpu = _cpus[thread.Cpu] is null ? thread.Cpu : Array.IndexOf(_cpus, null);
        if (cpu >= 0)
        {
            _cpus[cpu] = thread;
            thread.Cpu = cpu;
            EmitSwitch(0, cpu, thread.Tid, null);
            await Delay(2_000);
            return;
        }

        // Continuations of this source run inside SetResult, in the order of the machine's clock.
        TaskCompletionSource turn = new();
        _waiting.Enqueue((thread, turn));
        await turn.Task;
    }

    /// <summary>Takes the thread off its CPU, which goes to the thread that has waited longest or falls idle.</summary>
    public void ReleaseCpu(SimThread thread)
    {
        int cpu = thread.Cpu;
        if (_waiting.TryDequeue(out (SimThread Thread, TaskCompletionSource Turn) next))
        {
            _cpus[cpu] = next.Thread;
            next.Thread.Cpu = cpu;
            EmitSwitch(thread.Tid, cpu, next.Thread.Tid, thread.Process);
            Schedule(2_000, next.Turn.SetResult);
            return;
        }

        _cpus[cpu] = null;
        EmitSwitch(thread.Tid, cpu, 0, thread.Process);
    }

    /// <summary>Writes one event at this moment; no two events have the same time.</summary>
    public void Emit(ulong tid, int cpu, ushort type, EventBlockOptions options, params ReadOnlySpan<byte[]> parameters)
    {
        _lastTimestamp = Math.Max(StartTime + (ulong)_now, _lastTimestamp + 1);
        EventBuilder builder = _writer.BeginEvent(_lastTimestamp, tid, type, parameters.Length, (ushort)cpu, options);
        foreach (byte[] parameter in parameters) builder.AddBytes(parameter);
        builder.End();
    }

    private void EmitSwitch(ulong from, int cpu, ulong to, SimProcess? process) => Emit(
        from, cpu, EventType.Switch, EventBlockOptions.None,
        Param.I64((long)to), Param.U64(process is null ? 0UL : 3), Param.U64(process is null ? 0UL : 2140),
        Param.U32(process?.VmSizeKb ?? 0), Param.U32(process?.VmRssKb ?? 0), Param.U32(0));
}
