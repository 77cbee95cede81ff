using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Capture.Linux;

/// <summary>What a capture's files say of the machine beside its threads and descriptors.</summary>
internal sealed record MachineHead(
    MachineInfo Machine, IReadOnlyList<InterfaceRecord> Interfaces, IReadOnlyList<UserRecord> Users, IReadOnlyList<GroupRecord> Groups);
