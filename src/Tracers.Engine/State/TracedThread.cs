using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>What is known of one thread while a capture is read.</summary>
/// <remarks>Fields, not properties, and the hot ones first: this is touched by every event.</remarks>
internal sealed class TracedThread
{
    public readonly int Tid;

    /// <summary>The call that the thread is in: number of its enter event; <see cref="NoCall"/> when it is in none.</summary>
    public int EnterType = NoCall;

    /// <summary>The descriptor of that call, −1 when it has none.</summary>
    public long EnterFd;

    /// <summary>When that call began, ns since the epoch.</summary>
    public long EnterTime;

    /// <summary>Shared with the main thread under CLONE_FILES.</summary>
    public FdTable Fds;

    public ThreadIdentity Identity;

    /// <summary>The thread whose tid is the pid; cwd is kept there.</summary>
    public TracedThread Main;

    /// <summary>Slot for the span tracker: what this thread is inside of.</summary>
    public object? Spans;

    /// <summary>Slot for an export: where it holds the enter event of the call that the thread is in.</summary>
    public int Held;

    public CloneFlags Flags;

    /// <summary>Current directory; only the main thread's counts.</summary>
    public byte[] Cwd = [];

    /// <summary>When the thread appeared, ns since the epoch; 0 for those of the process list.</summary>
    public long Born;

    /// <summary>Memory, page faults and time on cpus; null where nobody asks for them, and for a thread that nothing was told of.</summary>
    public ThreadUse? Use;

    /// <summary>Of a main thread: how many other threads of its process run.</summary>
    public int LiveThreads;

    /// <summary>Whether its end was seen. A main thread stays in the table while others of its process run, and behind that as in sysdig.</summary>
    public bool HasEnded;

    public const int NoCall = -1;

    private TracedProcess? _process;
    private byte[] _enter = [];
    private int _enterLength;
    private EventLayout _enterLayout;

    public TracedThread(ThreadIdentity identity, FdTable fds)
    {
        Identity = identity;
        Tid = identity.Tid;
        Fds = fds;
        Main = this;
    }

    public int Pid => Identity.Pid;

    /// <summary>Whether it is over, of a main thread with its process.</summary>
    public bool IsGone => HasEnded && LiveThreads == 0;

    /// <summary>Its process, made when somebody asks for it; one of its own for a thread whose main thread is not known.</summary>
    public TracedProcess Process => Main._process ??= new TracedProcess(parent: null);

    /// <summary>The process of a main thread, if somebody asked for it.</summary>
    public TracedProcess? KnownProcess => _process;

    /// <summary>Says of a new main thread which process started its own.</summary>
    public void BeginProcess(TracedProcess parent) => _process = new TracedProcess(parent);

    /// <summary>
    /// Has what the thread's next events will ask for brought from memory, all at once: where there are thousands of threads nothing of this one is
    /// left in the caches when it comes again, and each place would be waited for in turn: a tenth of the time with 10,000 of them.
    /// </summary>
    public unsafe void Fetch()
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(Unsafe.AsPointer(ref EnterFd));
        Sse.Prefetch0((void*)Unsafe.As<FdTable, nint>(ref Fds));
        Sse.Prefetch0((void*)Unsafe.As<object?, nint>(ref Spans));
        Sse.Prefetch0((void*)Unsafe.As<ThreadIdentity, nint>(ref Identity));
        Sse.Prefetch0((void*)Unsafe.As<byte[], nint>(ref _enter));
    }

    /// <summary>Keeps the enter event for an exit that needs its parameters.</summary>
    public void SaveEnter(in EventView view)
    {
        ReadOnlySpan<byte> bytes = view.Bytes;
        if (_enter.Length < bytes.Length)
            _enter = new byte[Math.Max(bytes.Length, 128)];
        bytes.CopyTo(_enter);
        _enterLength = bytes.Length;
        _enterLayout = view.Layout;
    }

    /// <summary>The kept enter event of the call that was left just now, by an exit that has its enter event; false when it was not kept: then there is no view to ask.</summary>
    public bool TryGetLeft(int exitType, out EventView enter)
    {
        bool kept = _enterLength != 0 && _enterLayout.Type == exitType - 1;
        enter = kept ? new EventView(_enter.AsSpan(0, _enterLength), _enterLayout) : default;
        return kept;
    }

    /// <summary>The kept enter event of the call that <paramref name="exitType"/> leaves; false when there is none: then there is no view to ask.</summary>
    public bool TryGetEnter(int exitType, out EventView enter)
    {
        if (_enterLength == 0 || _enterLayout.Type != exitType - 1 || EnterType != exitType - 1)
        {
            enter = default;
            return false;
        }

        enter = new EventView(_enter.AsSpan(0, _enterLength), _enterLayout);
        return true;
    }
}
