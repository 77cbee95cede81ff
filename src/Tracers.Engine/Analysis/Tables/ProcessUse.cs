using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>What is summed up for a thread, or for a process under its main thread, while a capture is read.</summary>
internal sealed class ProcessUse(TracedThread thread)
{
    public readonly TracedThread Thread = thread;

    /// <summary>Of all system calls, without the writing of markers; time and descriptors are not summed.</summary>
    public IoTotals Totals;

    /// <summary>Virtual memory in KiB, when a call or a switch of threads told it after the list or the program's beginning did; else 0.</summary>
    public uint VmSizeKb;

    public uint VmRssKb;

    /// <summary>When its end was seen, ns since the epoch; else 0.</summary>
    public long Exited;
}
