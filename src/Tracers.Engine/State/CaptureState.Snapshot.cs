using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <content>Threads and descriptors as somebody found them while the capture was going on: each says what is so at its moment.</content>
internal sealed partial class CaptureState
{
    // Threads that were set before their main thread was.
    private int _unjoined;

    /// <summary>A thread is this now, whether or not it was known; what it has open and the call that it is in stay.</summary>
    /// <remarks>Its main thread may be set later.</remarks>
    public void SetThread(ProcessRecord record)
    {
        if (Threads.Find((int)record.Tid) is { } known)
            Part(known);
        TracedThread thread = Place(record);
        if (thread.Pid != thread.Tid)
        {
            if (Threads.Find(thread.Pid) is { } main)
                Join(thread, main);
            else
                _unjoined++;
            return;
        }

        if (_unjoined == 0)
            return;
        foreach (TracedThread other in Threads.All)
        {
            if (other.Pid == thread.Tid && other.Main != thread)
            {
                Join(other, thread);
                _unjoined = Math.Max(0, _unjoined - 1);
            }
        }
    }

    /// <summary>A descriptor is this now.</summary>
    /// <param name="tid">The thread that owns the table.</param>
    /// <param name="record">The descriptor.</param>
    public void SetDescriptor(int tid, FdRecord record)
    {
        AddServerPort(record);
        Place(tid, record);
    }

    /// <summary>A process is in this directory now; one that is not known stays so.</summary>
    public void SetDirectory(int pid, ByteText path)
    {
        if (Threads.Find(pid) is { } thread)
            thread.Main.Cwd = path.AsArray();
    }

    /// <summary>Notes the port of a listening socket: descriptors that lead to it are its clients, also those that are set before it.</summary>
    public void AddServerPort(FdRecord record)
    {
        if (record.Type is FdRecordType.Ipv4Server or FdRecordType.Ipv6Server)
            _serverPorts[record.SourcePort] = true;
    }

    /// <summary>The machine has these addresses.</summary>
    public void SetInterfaces(IReadOnlyList<InterfaceRecord> interfaces) => _localAddresses.Begin(interfaces);

    // What made it a thread of its process may no longer be so.
    private static void Part(TracedThread thread)
    {
        if (thread.Main == thread)
            return;
        Leave(thread);
        if (thread.Fds == thread.Main.Fds)
            thread.Fds = thread.Fds.Copy();
        thread.Main = thread;
    }
}
