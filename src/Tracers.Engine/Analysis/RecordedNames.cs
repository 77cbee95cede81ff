using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>What the numbers of an event that was handed out stood for when it happened.</summary>
internal readonly struct RecordedNames(EventRecord record) : IEventNames
{
    private readonly EventRecord _record = record;

    public bool OwnFdIsSystemLog => _record.Fd is { IsSystemLog: true };

    /// <summary>Notes what the numbers of an event stand for; null when none of them needs that, or only its own descriptor.</summary>
    public static NameReference[]? Collect(scoped in EventView e, in LiveNames names, long ownFd)
    {
        int[] named = EventTable.Infos[e.Type].NamedParameters;
        if (named.Length == 0)
            return null;

        List<NameReference>? found = null;
        foreach (int index in named)
        {
            if (index >= e.ParameterCount)
                break;
            ParameterInfo parameter = EventTable.Infos[e.Type].Parameters[index];
            ReadOnlySpan<byte> data = e.Parameter(index);
            SubTypes.Unwrap(ref parameter, ref data);
            switch (parameter.Type)
            {
                case ParameterType.Fd or ParameterType.Fd32:
                    AddFd(ParameterText.NumberOf(data, -1), in names);
                    break;
                case ParameterType.FdList:
                    foreach (long fd in ParameterText.FdsOf(data))
                        AddFd(fd, in names);
                    break;
                case ParameterType.Pid or ParameterType.Pid32:
                    long tid = ParameterText.NumberOf(data, -1);
                    if (names.Thread(tid) is { } thread)
                        Add(tid, thread);
                    break;
                case ParameterType.FsPath or ParameterType.FsRelPath when ParameterText.IsRelative(data):
                    long directory = ParameterText.DirectoryOf(parameter, in e);
                    if (directory == ParameterText.AtFdCwd)
                        Add(directory, names.Directory(directory).ToArray());
                    else
                        AddFd(directory, in names);
                    break;
                case ParameterType.Uid or ParameterType.Gid:
                    uint id = e.UInt32(index, uint.MaxValue);
                    bool user = parameter.Type == ParameterType.Uid;
                    if ((user ? names.User(id) : names.Group(id)) is { } name)
                        Add(id, new AccountReference(user, name));
                    break;
            }
        }

        return found?.ToArray();

        void AddFd(long fd, in LiveNames names)
        {
            if (fd != ownFd && names.Fd(fd) is { } info)
                Add(fd, info);
        }

        void Add(long number, object what) => (found ??= []).Add(new NameReference(number, what));
    }

    public void AppendOwnName(TextBuffer text) => text.AppendName(Encoding.UTF8.GetBytes(_record.ProcessName ?? "<NA>"));

    public bool AppendFd(TextBuffer text, long fd)
    {
        if (Fd(fd) is not { } info)
            return false;
        FdLabel.Append(text, info);
        return true;
    }

    public char FdLetter(long fd) => Fd(fd)?.Kind.Letter() ?? '?';

    public bool AppendThread(TextBuffer text, long tid)
    {
        if (Find<ThreadIdentity>(tid) is not { } thread)
            return false;
        string name = thread.Name ?? "<NA>";
        text.AppendName(Encoding.UTF8.GetBytes(name));
        return name.Length > 0;
    }

    public bool AppendUser(TextBuffer text, uint uid) => AppendAccount(text, uid, user: true);

    public bool AppendGroup(TextBuffer text, uint gid) => AppendAccount(text, gid, user: false);

    public ReadOnlySpan<byte> Directory(long fd) => fd == ParameterText.AtFdCwd ? Find<byte[]>(fd) : Fd(fd) is { } directory ? directory.Name : default;

    private FdInfo? Fd(long fd) => fd == _record.FdNumber && _record.Fd is { } own ? own : Find<FdInfo>(fd);

    private bool AppendAccount(TextBuffer text, uint id, bool user)
    {
        foreach (NameReference reference in _record.Names ?? [])
        {
            if (reference.Number == id && reference.What is AccountReference account && account.User == user)
            {
                text.AppendText(account.Name);
                return true;
            }
        }

        return false;
    }

    private T? Find<T>(long number)
        where T : class
    {
        foreach (NameReference reference in _record.Names ?? [])
        {
            if (reference.Number == number && reference.What is T found)
                return found;
        }

        return null;
    }
}
