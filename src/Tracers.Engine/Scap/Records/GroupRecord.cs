namespace Tracers.Engine.Scap.Records;

/// <summary>A group of the captured machine (FORMAT.md 3.6).</summary>
/// <param name="Gid">The group's number.</param>
/// <param name="Name">The group's name, at most 255 bytes.</param>
public sealed record GroupRecord(uint Gid, ByteText Name);
