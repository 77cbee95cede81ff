using System.Buffers.Binary;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>What the parameters of an event say.</summary>
internal static class EvtParameterFields
{
    private const int OldOpenatEnter = 102;
    private const int OldLinkatEnter = 106;
    private const int OldUnlinkatEnter = 110;
    private const int Renameat = 177;
    private const int Symlinkat = 181;
    private const int Unlinkat = 303;
    private const int Mkdirat = 305;
    private const int Openat = 307;
    private const int Linkat = 311;
    private const int Fchmodat = 313;
    private const int Renameat2 = 319;
    private const int Openat2 = 327;

    private static readonly string[] s_markerParameters = ["id", "tags", "args"];

    public static FieldInfo[] All { get; } =
    [
        Whole("evt.args", "All parameters as name=value, with a blank behind each.", "evt.args contains O_CREAT", EventLine.AppendPlainParameters),
        Whole("evt.info", "The parameters as a listing shows them: evt.args, or the message of a write to the system's log.", "evt.info contains error", EventLine.AppendParameters),
        new("evt.arg", FieldType.Text, "One parameter, by name or number: what it stands for, such as a descriptor's name or an error's, else its value. None where the event has no such parameter.", Argument)
        {
            Example = "evt.arg.name contains /etc",
            Argument = FieldArgument.IndexOrName,
        },
        new("evt.rawarg", FieldType.Number, "One parameter by name as it is stored: a number, text or bytes, by the parameter. None where the event has no such parameter.", RawArgument)
        {
            Example = "evt.rawarg.size > 64KB",
            Argument = FieldArgument.Name,
        },
        new("evt.buffer", FieldType.Buffer, "The bytes that were read or written, as far as the capture has them. None for events without such bytes.", static _ =>
        {
            sbyte[] index = ParameterTable("data");
            return new FieldReader
            {
                Type = FieldType.Buffer,
                Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
                {
                    int at = c.IsMarker ? -1 : index[c.Event.Type];
                    bool has = at >= 0 && at < c.Event.ParameterCount;
                    value = has ? c.Event.Parameter(at) : default;
                    return has;
                },
            };
        })
        {
            Example = "evt.buffer contains \"GET /\"",
        },
        AbsolutePath("evt.abspath", "The whole path that a call such as openat, unlinkat or renameat names below a directory; the first one where it names two. None for other events.", second: false),
        AbsolutePath("evt.abspath.src", "The whole path that renameat or linkat takes: the same as evt.abspath.", second: false),
        AbsolutePath("evt.abspath.dst", "The whole path that renameat or linkat makes; of a call that names one path that one.", second: true),
    ];

    private delegate void Appender(TextBuffer text, scoped in EventView e, bool hasEnter, ref readonly LiveNames names);

    private static FieldInfo Whole(string name, string description, string example, Appender append) => NewField.BuiltText(name, description, example, text => (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
    {
        text.Length = 0;
        LiveNames names = new(c.Pass.State, in c.Outcome);
        if (c.IsMarker)
            AppendMarker(text, in c);
        else
            append(text, in c.Event, c.Outcome.HasEnter, in names);
        value = text.Written;
        return true;
    });

    private static void AppendMarker(TextBuffer text, scoped in EventContext c)
    {
        text.Append("id="u8);
        text.Append(c.Marker.Id);
        text.Append(" tags="u8);
        MarkerText.AppendTags(text, c.Marker.Tags);
        text.Append(" args="u8);
        MarkerText.AppendArguments(text, c.Marker.Arguments);
        text.Append((byte)' ');
    }

    private static FieldReader Argument(FieldReference reference)
    {
        TextBuffer text = new();
        int fixedIndex = reference.Index ?? -1;
        if (reference.Index < 0)
            throw reference.Wrong("Parameters are numbered from 0.");
        sbyte[]? byName = reference.Index is null ? Known(reference) : null;
        int inMarker = reference.Index ?? Array.IndexOf(s_markerParameters, reference.Name);
        return new FieldReader
        {
            Type = FieldType.Text,
            Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                if (c.IsMarker)
                    return TryMarkerParameter(text, in c, inMarker, out value);
                int index = byName is null ? fixedIndex : byName[c.Event.Type];
                value = default;
                if (index < 0 || index >= EventLine.ParameterCount(in c.Event, c.Outcome.HasEnter))
                    return false;
                LiveNames names = new(c.Pass.State, in c.Outcome);
                value = ParameterText.Meaning(text, c.Info, index, in c.Event, in names);
                return true;
            },
        };
    }

    private static bool TryMarkerParameter(TextBuffer text, scoped in EventContext c, int index, out ReadOnlySpan<byte> value)
    {
        text.Length = 0;
        switch (index)
        {
            case 0:
                text.Append(c.Marker.Id);
                break;
            case 1:
                MarkerText.AppendTags(text, c.Marker.Tags);
                break;
            case 2:
                MarkerText.AppendArguments(text, c.Marker.Arguments);
                break;
            default:
                value = default;
                return false;
        }

        value = text.Written;
        return true;
    }

    private static FieldReader RawArgument(FieldReference reference)
    {
        sbyte[] index = Known(reference);
        int inMarker = Array.IndexOf(s_markerParameters, reference.Name);

        // The same name can stand for parameters of several types: the first in the table decides, as in sysdig; here the first that is no address or list.
        ParameterInfo[] all = [.. EventTable.Infos.SelectMany(static i => i.Parameters).Where(p => p.Name == reference.Name)];
        ParameterInfo first = Array.Find(all, static p => p.Type == ParameterType.ByteBuf || TypeOf(p.Type) != FieldType.Buffer) ?? all[0];
        FieldType type = TypeOf(first.Type);
        if (type == FieldType.Real)
        {
            return new FieldReader
            {
                Type = type,
                Real = (scoped in EventContext c, out double value) =>
                {
                    ReadOnlySpan<byte> data = Raw(in c, index);
                    value = data.Length == sizeof(double) ? BinaryPrimitives.ReadDoubleLittleEndian(data) : 0;
                    return data.Length == sizeof(double);
                },
            };
        }

        if (type is FieldType.Text or FieldType.Buffer)
        {
            TextBuffer text = new();
            return new FieldReader
            {
                Type = type,
                Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
                {
                    if (c.IsMarker)
                        return TryMarkerParameter(text, in c, inMarker, out value);
                    bool has = Has(in c, index);
                    value = has ? c.Event.Parameter(index[c.Event.Type]) : default;
                    if (type == FieldType.Text)
                        value = value.UntilNul();
                    return has;
                },
            };
        }

        bool signed = type == FieldType.Number;
        return new FieldReader
        {
            Type = type,
            Unit = first.Type == ParameterType.RelTime ? FieldUnit.Nanoseconds : first.Name is "size" or "length" ? FieldUnit.Bytes : FieldUnit.None,
            Number = (scoped in EventContext c, out long value) =>
            {
                value = c.IsMarker ? c.Marker.Id : 0;
                if (c.IsMarker)
                    return inMarker == 0;
                bool has = ParameterText.TryRead(Raw(in c, index), signed, out ulong bits);
                value = (long)bits;
                return has;
            },
        };
    }

    private static FieldType TypeOf(ParameterType type) => type switch
    {
        ParameterType.Int8 or ParameterType.Int16 or ParameterType.Int32 or ParameterType.Int64 or ParameterType.Errno
            or ParameterType.Fd or ParameterType.Fd32 or ParameterType.Pid or ParameterType.Pid32 => FieldType.Number,
        ParameterType.CharBuf or ParameterType.FsPath or ParameterType.FsRelPath => FieldType.Text,
        ParameterType.ByteBuf or ParameterType.SockAddr or ParameterType.SockTuple or ParameterType.FdList or ParameterType.SigSet or ParameterType.Dyn
            or ParameterType.CharBufArray or ParameterType.CharBufPairArray or ParameterType.Ipv4Addr or ParameterType.Ipv6Addr => FieldType.Buffer,
        ParameterType.Bool => FieldType.Boolean,
        ParameterType.Port => FieldType.Port,
        ParameterType.Double => FieldType.Real,
        _ => FieldType.Unsigned,
    };

    private static bool Has(scoped in EventContext c, sbyte[] index) => !c.IsMarker && index[c.Event.Type] is >= 0 and var at && at < c.Event.ParameterCount;

    private static ReadOnlySpan<byte> Raw(scoped in EventContext c, sbyte[] index) => Has(in c, index) ? c.Event.Parameter(index[c.Event.Type]) : default;

    // Where a parameter of a name stands in each type of event; −1 where it does not.
    private static sbyte[] ParameterTable(string name) =>
        Array.ConvertAll(EventTable.Infos, info => (sbyte)Array.FindIndex(info.Parameters, p => p.Name == name));

    private static sbyte[] Known(FieldReference reference)
    {
        sbyte[] index = ParameterTable(reference.Name!);
        if (Array.TrueForAll(index, static i => i < 0))
        {
            throw new FilterSyntaxException($"No event has a parameter '{reference.Name}'.")
            {
                Position = reference.Position,
                Length = reference.Text.Length,
                FindNearest = () => NearestName.Of(reference.Name!, EventTable.Infos.SelectMany(static i => i.Parameters).Select(static p => p.Name).Distinct()),
            };
        }

        return index;
    }

    private static FieldInfo AbsolutePath(string name, string description, bool second) => new(name, FieldType.Text, description, _ =>
    {
        byte[] resolved = new byte[ScapLimits.PathLength];
        return new FieldReader
        {
            Type = FieldType.Text,
            Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = default;
                (int directory, int path) = c.IsMarker ? (-1, -1) : PathOf(c.Event.Type, second);
                if (directory < 0 || path >= c.Event.ParameterCount)
                    return false;
                value = PathResolver.Resolve(CaptureState.BaseDirectory(c.Thread, c.Event.Int64(directory, ParameterText.AtFdCwd)), c.Event.Text(path), resolved);
                return true;
            },
        };
    })
    {
        Example = $"{name} startswith /tmp",
    };

    // Where a call has the directory's descriptor, and the path below it.
    private static (int Directory, int Path) PathOf(int type, bool second) => type switch
    {
        Renameat or Renameat2 or Linkat => second ? (3, 4) : (1, 2),
        OldLinkatEnter => second ? (2, 3) : (0, 1),
        OldOpenatEnter or OldUnlinkatEnter => (0, 1),
        Symlinkat => (2, 3),
        Openat or Openat2 or Unlinkat or Mkdirat or Fchmodat => (1, 2),
        _ => (-1, -1),
    };
}
