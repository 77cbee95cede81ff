using System.Runtime.CompilerServices;
using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <summary>What an event's numbers stand for in the state of a pass, just after the event was applied.</summary>
internal readonly struct LiveNames(CaptureState state, in EventOutcome outcome) : IEventNames
{
    private readonly CaptureState _state = state;
    private readonly TracedThread _thread = outcome.Thread;
    private readonly FdInfo? _fd = outcome.Fd;
    private readonly long _fdNumber = outcome.FdNumber;

    public bool OwnFdIsSystemLog => _fd is { IsSystemLog: true };

    /// <summary>The descriptor of the event's thread; null when it is not known.</summary>
    /// <remarks>What the call worked on comes first: a close that returned has taken it out of the table.</remarks>
    public FdInfo? Fd(long fd) => fd == _fdNumber && _fd is not null ? _fd : _thread.Fds[fd];

    /// <summary>The thread; null when it is not known.</summary>
    /// <remarks>The event's own one may have just gone.</remarks>
    public ThreadIdentity? Thread(long tid) => tid == _thread.Tid ? _thread.Identity : tid == (int)tid ? _state.Threads.Find((int)tid)?.Identity : null;

    /// <summary>Name of a user; null when it is not known.</summary>
    public string? User(uint uid) => _state.Users.Name(uid);

    /// <summary>Name of a group; null when it is not known.</summary>
    public string? Group(uint gid) => _state.Groups.Name(gid);

    [MethodImpl(HotPath.Compile)]
    public void AppendOwnName(TextBuffer text)
    {
        if (_thread.Identity.NameId < 0)
            text.AppendName(Encoding.UTF8.GetBytes(_thread.Identity.Name ?? "<NA>"));
        else
            text.AppendName(_state.ProcessNames.Bytes(_thread.Identity.NameId));
    }

    [MethodImpl(HotPath.Compile)]
    public bool AppendFd(TextBuffer text, long fd)
    {
        if (Fd(fd) is not { } info)
            return false;
        FdLabel.Append(text, info);
        return true;
    }

    public char FdLetter(long fd) => _thread.Fds[fd]?.Kind.Letter() ?? '?';

    [MethodImpl(HotPath.Compile)]
    public bool AppendThread(TextBuffer text, long tid)
    {
        if (Thread(tid) is not { } thread)
            return false;
        if (thread.NameId < 0)
        {
            text.Append("<NA>"u8);
            return true;
        }

        ReadOnlySpan<byte> name = _state.ProcessNames.Bytes(thread.NameId);
        text.AppendName(name);
        return !name.IsEmpty;
    }

    public bool AppendUser(TextBuffer text, uint uid) => Append(text, User(uid));

    public bool AppendGroup(TextBuffer text, uint gid) => Append(text, Group(gid));

    public ReadOnlySpan<byte> Directory(long fd) => CaptureState.BaseDirectory(_thread, fd);

    private static bool Append(TextBuffer text, string? name)
    {
        if (name is not null)
            text.AppendText(name);
        return name is not null;
    }
}
