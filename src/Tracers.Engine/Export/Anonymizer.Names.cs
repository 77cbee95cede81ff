using System.Buffers;
using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <content>Paths, addresses, cgroups and containers.</content>
internal sealed partial class Anonymizer
{
    private static readonly SearchValues<byte> s_endCharacters = SearchValues.Create("0123456789abcdef-> "u8);

    private const int FamilyUnix = 1;
    private const int FamilyIpv4 = 2;
    private const int FamilyIpv6 = 10;
    private const int UnixPointers = 16;
    private const int PortBytes = 2;

    private void AddPath(ReadOnlySpan<byte> path)
    {
        // What the recorder writes when there was none.
        if (path.SequenceEqual("(NULL)"u8) || path.SequenceEqual("<NA>"u8))
        {
            Add(path);
            return;
        }

        int ends = EndsOf(path);
        Add(path[..ends]);
        path = path[ends..];
        while (true)
        {
            int slash = path.IndexOf((byte)'/');
            Add(_names.Of(slash < 0 ? path : path[..slash]));
            if (slash < 0)
                return;
            Add("/"u8);
            path = path[(slash + 1)..];
        }
    }

    // The kernel's addresses of both ends, with which the name of a connected unix socket begins: ffff8f00->0 /run/x.sock.
    private static int EndsOf(ReadOnlySpan<byte> name)
    {
        int arrow = name.IndexOf("->"u8);
        if (arrow <= 0)
            return 0;
        int blank = name.IndexOf((byte)' ');
        int end = blank < 0 ? name.Length : blank + 1;
        return arrow < end && name[..end].IndexOfAnyExcept(s_endCharacters) < 0 ? end : 0;
    }

    private void AddCgroups(ReadOnlySpan<byte> cgroups)
    {
        while (!cgroups.IsEmpty)
        {
            ReadOnlySpan<byte> cgroup = cgroups.UntilNul();
            cgroups = cgroups[Math.Min(cgroup.Length + 1, cgroups.Length)..];
            int equals = cgroup.LastIndexOf((byte)'=');
            if (equals >= 0)
            {
                Add(_names.Of(cgroup[..equals]));
                Add("="u8);
            }

            AddPath(cgroup[(equals + 1)..]);
            Add([0]);
        }
    }

    // Of a family that is not known nothing but its number is harmless.
    private void AddSocketAddress(ReadOnlySpan<byte> address)
    {
        Add(address[..1]);
        address = address[1..];
        int size = Size((byte)_event[_used - 1]);
        if (size != 0 && address.Length >= size + PortBytes)
        {
            _names.Change(Copy(address[..size]));
            Add(address.Slice(size, PortBytes));
        }
        else if (_event[_used - 1] == FamilyUnix)
        {
            AddUnixPath(address);
        }
    }

    private void AddSocketTuple(ReadOnlySpan<byte> tuple)
    {
        byte family = tuple[0];
        Add(tuple[..1]);
        tuple = tuple[1..];
        int size = Size(family);
        if (size != 0 && tuple.Length >= 2 * (size + PortBytes))
        {
            _names.Change(Copy(tuple[..size]));
            Add(tuple.Slice(size, PortBytes));
            _names.Change(Copy(tuple.Slice(size + PortBytes, size)));
            Add(tuple.Slice((2 * size) + PortBytes, PortBytes));
        }
        else if (family == FamilyUnix && tuple.Length >= UnixPointers)
        {
            Add(tuple[..UnixPointers]);
            AddUnixPath(tuple[UnixPointers..]);
        }
    }

    private static int Size(byte family) => family switch { FamilyIpv4 => 4, FamilyIpv6 => 16, _ => 0 };

    // An abstract name begins with a NUL or an @.
    private void AddUnixPath(ReadOnlySpan<byte> path)
    {
        int marks = path.IsEmpty || path[0] is not (0 or (byte)'@') ? 0 : 1;
        Add(path[..marks]);
        AddPath(path[marks..].UntilNul());
        Add([0]);
    }

    // Everything else that is told of a container, such as its labels and mounts, goes.
    private void AddContainer(scoped in EventView e, int index, ReadOnlySpan<byte> value)
    {
        bool isAsynchronous = e.ParameterCount > 1;
        if (isAsynchronous && !e.Text(1).SequenceEqual("container"u8))
            return;
        if (isAsynchronous && index == 1)
        {
            Add(value);
            return;
        }

        if (ContainerJson.TryRead(value.UntilNul(), details: false, out ContainerJson json) && json.Id.Length > 0)
        {
            Add("{\"container\":{\"id\":\""u8);
            AddText(json.Id);
            Add("\",\"type\":"u8);
            Add(Encoding.ASCII.GetBytes(json.Type.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Add(",\"name\":\""u8);
            AddText(json.Name ?? "");
            Add("\",\"image\":\""u8);
            AddText(json.Image ?? "");
            Add(json.IsComplete ? "\",\"lookup_state\":1}}"u8 : "\",\"lookup_state\":0}}"u8);
        }

        Add([0]);
    }

    private void AddText(string text) => AddPath(Encoding.UTF8.GetBytes(text));
}
