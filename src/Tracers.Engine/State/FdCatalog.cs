using Tracers.Engine.Events;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <summary>Makes descriptors' records, one for all that are alike, and numbers their names.</summary>
internal sealed class FdCatalog
{
    /// <summary>Number of the empty name, which unnamed and unknown descriptors have.</summary>
    public const int EmptyName = 0;

    private const string ProcFolder = "/proc/";

    // A capture of a machine with very many connections must not keep each of them for ever; the names stay.
    private const int SocketCacheLimit = 65_536;

    private readonly FdInfo?[] _unnamed = new FdInfo?[Enum.GetValues<FdKind>().Length];
    private readonly ByteInterner _rawPaths = new();
    private FdInfo?[] _filesByRawPath = new FdInfo?[128];
    private FdInfo?[] _filesByName = new FdInfo?[128];
    private ByteInterner _socketKeys = new();
    private FdInfo?[] _sockets = new FdInfo?[128];
    private FdInfo?[] _filesOnDevice = [];
    private FdInfo? _markerCarrier;

    public FdCatalog() => Names.Intern(default);

    /// <summary>Names of descriptors.</summary>
    public ByteInterner Names { get; } = new();

    /// <summary>About how much memory the names take, in bytes.</summary>
    public long Weight => Names.Weight + _rawPaths.Weight;

    /// <summary>A descriptor of another catalog as one of this.</summary>
    /// <param name="info">The descriptor.</param>
    /// <param name="adopted">Those that were taken already, so that what was one stays one.</param>
    public FdInfo Adopt(FdInfo info, Dictionary<FdInfo, FdInfo> adopted)
    {
        // Tables share arrays: this one may have been seen to.
        if (info.Names == Names)
            return info;
        if (!adopted.TryGetValue(info, out FdInfo? own))
            adopted.Add(info, own = info.With(Names));
        return own;
    }

    /// <summary>A descriptor without a name.</summary>
    public FdInfo Unnamed(FdKind kind) => _unnamed[(int)kind] ??= new FdInfo { Names = Names, Kind = kind, NameId = EmptyName };

    /// <summary>A file by a path as a system call named it, when that is absolute: no need to resolve what was resolved before.</summary>
    public FdInfo FileByAbsolutePath(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > ScapLimits.PathLength)
            return FileByUnresolvedPath(raw);

        int id = _rawPaths.Intern(raw);
        if (id >= _filesByRawPath.Length)
            Array.Resize(ref _filesByRawPath, Math.Max(id + 1, _filesByRawPath.Length * 2));
        return _filesByRawPath[id] ??= FileByUnresolvedPath(raw);
    }

    /// <summary>A file by its resolved name.</summary>
    public FdInfo File(ReadOnlySpan<byte> name)
    {
        int id = Names.Intern(name);
        if (id >= _filesByName.Length)
            Array.Resize(ref _filesByName, Math.Max(id + 1, _filesByName.Length * 2));
        return _filesByName[id] ??= new FdInfo { Names = Names, Kind = FdKind.File, NameId = id, MayCarryMarkers = name.SequenceEqual("/dev/null"u8), IsSystemLog = IsSystemLog(name) };
    }

    /// <summary>A file or directory with the number of its device, one for all that are opened one after another by the same name.</summary>
    public FdInfo OnDevice(FdInfo info, uint device)
    {
        int id = info.NameId;
        if (id >= _filesOnDevice.Length)
            Array.Resize(ref _filesOnDevice, Math.Max(id + 1, _filesOnDevice.Length * 2));
        if (_filesOnDevice[id] is { Record: { } record } known && record.Device == device && known.Kind == info.Kind)
            return known;
        ByteText name = new(info.Name.ToArray());
        return _filesOnDevice[id] = info.With(info.Kind == FdKind.Directory
            ? FdRecord.ForNamed(0, FdRecordType.Directory, name) with { Device = device }
            : FdRecord.ForFile(0, name, 0, device: device));
    }

    /// <summary>What <c>/dev/null</c> becomes with the first marker that is written to it.</summary>
    public FdInfo MarkerCarrier(FdInfo devNull)
    {
        _markerCarrier ??= new FdInfo { Names = Names, Kind = devNull.Kind, NameId = devNull.NameId, MayCarryMarkers = true, CarriesMarkers = true };
        return devNull.Record is { } record ? _markerCarrier.With(record) : _markerCarrier;
    }

    /// <summary>Any other descriptor that only has a name.</summary>
    public FdInfo Named(FdKind kind, ReadOnlySpan<byte> name) =>
        name.IsEmpty ? Unnamed(kind)
        : kind == FdKind.File ? File(name)
        : new FdInfo { Names = Names, Kind = kind, NameId = Names.Intern(name) };

    /// <summary>A descriptor of a process.</summary>
    public FdInfo PidFd(long pid) => Named(FdKind.PidFd, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ProcFolder}{pid}")));

    /// <summary>The process that a descriptor of <see cref="PidFd"/> stands for; −1 when its name does not say.</summary>
    public static int PidOf(FdInfo pidFd) =>
        pidFd.NameText.StartsWith(ProcFolder, StringComparison.Ordinal) && int.TryParse(pidFd.NameText.AsSpan(ProcFolder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : -1;

    /// <summary>A socket that has no address yet.</summary>
    public FdInfo Socket(FdKind kind, Transport transport) => Socket(new SocketKey(kind, transport, SocketRole.Unknown, default, 0, default, 0, false));

    /// <summary>A unix socket.</summary>
    public FdInfo UnixSocket(ReadOnlySpan<byte> name, SocketRole role) =>
        new() { Names = Names, Kind = FdKind.Unix, NameId = Names.Intern(name), Role = role, IsSystemLog = IsSystemLog(name) };

    /// <summary>A listening internet socket.</summary>
    public FdInfo Server(FdKind kind, Transport transport, InternetAddress address, ushort port) =>
        Socket(new SocketKey(kind, transport, SocketRole.Server, address, port, default, 0, true));

    /// <summary>A socket that was given an address: with a port it is a server's, without one it may become anything.</summary>
    public FdInfo Bound(FdKind kind, Transport transport, InternetAddress address, ushort port) =>
        port != 0 ? Server(kind, transport, address, port)
        : Socket(new SocketKey(kind, transport, SocketRole.Unknown, address, port, default, 0, true));

    /// <summary>A connected internet socket; IPv4 addresses that are mapped into IPv6 become what they are.</summary>
    public FdInfo Connection(FdKind kind, Transport transport, SocketRole role, InternetAddress source, ushort sourcePort, InternetAddress destination, ushort destinationPort)
    {
        InternetAddress.Unmap(ref kind, ref source, ref destination);
        return Socket(new SocketKey(kind, transport, role, source, sourcePort, destination, destinationPort, false));
    }

    /// <summary>An internet socket of a list that is bound to nothing: there, as in sysdig, it has a name.</summary>
    public FdInfo NoAddress(FdInfo unnamed)
    {
        SocketTuple tuple = new(new IPEndPoint(IPAddress.Any, 0), new IPEndPoint(IPAddress.Any, 0));
        return new() { Names = Names, Kind = unnamed.Kind, Transport = unnamed.Transport, Role = unnamed.Role, Tuple = tuple, NameId = Names.Intern(Encoding.UTF8.GetBytes(TupleText(tuple))) };
    }

    private FdInfo FileByUnresolvedPath(ReadOnlySpan<byte> raw)
    {
        Span<byte> resolved = stackalloc byte[ScapLimits.PathLength];
        return File(PathResolver.Resolve(default, raw, resolved));
    }

    private static bool IsSystemLog(ReadOnlySpan<byte> name) => name.IndexOf("/dev/log"u8) >= 0;

    /// <summary>The text that a tuple shows as: <c>1.2.3.4:5->6.7.8.9:10</c>.</summary>
    private static string TupleText(SocketTuple tuple) =>
        tuple.Destination is null ? EndText(tuple.Source) : $"{EndText(tuple.Source)}->{EndText(tuple.Destination)}";

    private static string EndText(IPEndPoint end) =>
        string.Create(CultureInfo.InvariantCulture, $"{end.Address}:{end.Port}");

    private FdInfo Socket(in SocketKey key)
    {
        // Looked up by its bytes: a dictionary over the struct would be compiled anew in every process.
        Span<byte> bytes = stackalloc byte[SocketKey.Size];
        key.Write(bytes);
        if (_socketKeys.Count >= SocketCacheLimit)
            _socketKeys = new ByteInterner();
        int known = _socketKeys.Count;
        int id = _socketKeys.Intern(bytes);
        if (id >= _sockets.Length)
            Array.Resize(ref _sockets, _sockets.Length * 2);
        return id < known ? _sockets[id]! : _sockets[id] = Describe(in key);
    }

    private FdInfo Describe(in SocketKey key)
    {
        SocketTuple? tuple = null;
        int name = EmptyName;
        if (key.Listening || key.SourcePort != 0 || key.DestinationPort != 0 || !key.Source.IsNone || !key.Destination.IsNone)
        {
            tuple = new SocketTuple(
                new IPEndPoint(key.Source.ToIPAddress(key.Kind), key.SourcePort),
                key.Listening ? null : new IPEndPoint(key.Destination.ToIPAddress(key.Kind), key.DestinationPort));
            name = Names.Intern(Encoding.UTF8.GetBytes(TupleText(tuple)));
        }

        return new FdInfo { Names = Names, Kind = key.Kind, Transport = key.Transport, Role = key.Role, NameId = name, Tuple = tuple };
    }

    private readonly struct SocketKey(
        FdKind kind, Transport transport, SocketRole role, InternetAddress source, ushort sourcePort, InternetAddress destination, ushort destinationPort, bool listening)
    {
        public const int Size = 40;

        public FdKind Kind => kind;

        public Transport Transport => transport;

        public SocketRole Role => role;

        public InternetAddress Source => source;

        public ushort SourcePort => sourcePort;

        public InternetAddress Destination => destination;

        public ushort DestinationPort => destinationPort;

        public bool Listening => listening;

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, source.High);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], source.Low);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], destination.High);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], destination.Low);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[32..], sourcePort);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[34..], destinationPort);
            bytes[36] = (byte)kind;
            bytes[37] = (byte)transport;
            bytes[38] = (byte)role;
            bytes[39] = listening ? (byte)1 : (byte)0;
        }
    }
}
