using System.Runtime.CompilerServices;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.State;

/// <summary>What a descriptor refers to. Immutable and shared: by dup, by fork, by every open of the same path.</summary>
internal sealed class FdInfo
{
    /// <summary>Number of the name in <see cref="FdCatalog.Names"/>; the name of an unnamed descriptor is the empty string.</summary>
    public required int NameId { get; init; }

    /// <summary>Where the names stand.</summary>
    public required ByteInterner Names { get; init; }

    public required FdKind Kind { get; init; }

    public Transport Transport { get; init; }

    public SocketRole Role { get; init; }

    /// <summary>Client (source) and server (destination) ends; null for everything that has none.</summary>
    public SocketTuple? Tuple { get; init; }

    /// <summary>Whether it is <c>/dev/null</c>: only there a write can be a marker.</summary>
    public bool MayCarryMarkers { get; init; }

    /// <summary>Whether it leads to the system's log: sysdig's listing shows what is written there as messages.</summary>
    public bool IsSystemLog { get; init; }

    /// <summary>Whether a marker was written to it: what enters the next writes is not listed.</summary>
    public bool CarriesMarkers { get; init; }

    /// <summary>
    /// The entry of a list that it comes from: inode, flags, device. Null for what was opened since, and where the state does not keep
    /// them: see <see cref="CaptureState.KeepsRecords"/>.
    /// </summary>
    public FdRecord? Record { get; init; }

    /// <summary>Whether what is sent and received tells its ends: a socket that has none yet, or is not connected.</summary>
    public bool TakesAddressFromTraffic
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (!IsNamed || Transport == Transport.Udp) && Kind.IsNetwork();
    }

    public bool IsNamed => NameId != FdCatalog.EmptyName;

    /// <summary>The name as the captured machine has it.</summary>
    public ReadOnlySpan<byte> Name => Names.Bytes(NameId);

    /// <summary>The name for people; empty for none.</summary>
    public string NameText => Names.Text(NameId);

    /// <summary>The same, with the entry that tells more of it.</summary>
    public FdInfo With(FdRecord record) => Copy(Names, NameId, record);

    /// <summary>The same, its name standing elsewhere.</summary>
    public FdInfo With(ByteInterner names) => Copy(names, names.Intern(Name), Record);

    private FdInfo Copy(ByteInterner names, int nameId, FdRecord? record) => new()
    {
        NameId = nameId,
        Names = names,
        Kind = Kind,
        Transport = Transport,
        Role = Role,
        Tuple = Tuple,
        MayCarryMarkers = MayCarryMarkers,
        IsSystemLog = IsSystemLog,
        CarriesMarkers = CarriesMarkers,
        Record = record,
    };
}
