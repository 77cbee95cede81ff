using System.Text;
using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>Containers of a section: found by the cgroups of their threads, described by container events.</summary>
internal sealed class ContainerTable
{
    /// <summary>Where everything runs that is in no container.</summary>
    public const int Host = 0;

    private const int FieldsEvent = 228;
    private const int AsynchronousEvent = 402;

    private readonly List<ContainerInfo> _infos = [new ContainerInfo(0, "host", null, null, null)];

    // Null while nothing runs in a container.
    private ByteInterner? _ids;
    private int _numbers;

    /// <summary>Whether <see cref="ContainerInfo.Details"/> are kept. To be set before the first section.</summary>
    public bool KeepsDetails { get; set; }

    /// <summary>What is known now of a container.</summary>
    /// <param name="container">A thread's <see cref="ThreadDetails.Container"/>.</param>
    public ContainerInfo this[int container] => _infos[container];

    /// <summary>Whether an IPv4 address is a container's own; in one that has none of its own, as in sysdig, whether it is that of any.</summary>
    public bool HasAddress(int container, InternetAddress address)
    {
        InternetAddress own = _infos[container].Ip;
        if (!own.IsNone || address.IsNone)
            return own == address && !address.IsNone;
        foreach (ContainerInfo info in _infos)
        {
            if (info.Ip == address)
                return true;
        }

        return false;
    }

    /// <summary>About how much memory the containers take, in bytes.</summary>
    public long Weight => _ids?.Weight ?? 0;

    /// <summary>Whether the container event that was applied last stands in sysdig's listing.</summary>
    /// <remarks>
    /// The recorder describes the containers that it finds at once, before all other events of a section: sysdig takes these in without
    /// showing them. It shows those that come later, except the oldest form and those whose description the recorder did not get.
    /// </remarks>
    public bool LastIsShown { get; private set; }

    /// <summary>Forgets all: a new section begins.</summary>
    public void Clear()
    {
        _infos.RemoveRange(1, _infos.Count - 1);
        _ids = null;
    }

    /// <summary>The container of a thread, <see cref="Host"/> for none.</summary>
    /// <param name="cgroups">Its cgroups as <c>subsystem=path</c>, each followed by a NUL.</param>
    /// <param name="root">Its root directory.</param>
    public int Find(ReadOnlySpan<byte> cgroups, ReadOnlySpan<byte> root)
    {
        ReadOnlySpan<byte> id = ContainerPatterns.Find(cgroups, root, out ContainerType type);
        if (id.IsEmpty)
            return Host;
        int container = NumberOf(id);
        if (container == _infos.Count)
            _infos.Add(new ContainerInfo(++_numbers, Encoding.UTF8.GetString(id), ContainerTypeText.Name((long)type), null, null));
        return container;
    }

    /// <summary>Takes in a container event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="isLeading">Whether only container events stand before it in its section.</param>
    /// <returns>The container; <see cref="Host"/> when the event cannot be read.</returns>
    public int Apply(in EventView e, bool isLeading)
    {
        LastIsShown = false;
        if (e.Type == FieldsEvent)
            return Describe(e.Text(0), e.UInt32(1, 0), ToText(e.Text(2)), ToText(e.Text(3)), default, KeepsDetails ? new ContainerDetails() : null);

        bool isAsynchronous = e.Type == AsynchronousEvent;
        if (isAsynchronous && !e.Text(1).SequenceEqual("container"u8))
            return Host;
        if (!ContainerJson.TryRead(e.Text(isAsynchronous ? 2 : 0), KeepsDetails, out ContainerJson json))
            return Host;
        LastIsShown = !isLeading && json.IsComplete;
        return Describe(Encoding.UTF8.GetBytes(json.Id), json.Type, json.Name, json.Image, json.Ip, json.Details);
    }

    private int Describe(ReadOnlySpan<byte> id, long type, string? name, string? image, InternetAddress ip, ContainerDetails? details)
    {
        int container = NumberOf(id);
        if (container == Host)
            return Host;
        ContainerInfo? known = container < _infos.Count ? _infos[container] : null;
        ContainerInfo told = new(known?.Number ?? ++_numbers, known?.Id ?? Encoding.UTF8.GetString(id), ContainerTypeText.Name(type), name, image) { Ip = ip, Details = details };
        if (known is null)
            _infos.Add(told);
        else if (told != known)
            _infos[container] = told with { Number = ++_numbers };
        return container;
    }

    private int NumberOf(ReadOnlySpan<byte> id)
    {
        if (_ids is null)
        {
            _ids = new ByteInterner();
            _ids.Intern("host"u8);
        }

        return _ids.Intern(id);
    }

    private static string? ToText(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Encoding.UTF8.GetString(text);
}
