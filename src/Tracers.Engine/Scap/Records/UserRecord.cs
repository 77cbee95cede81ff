namespace Tracers.Engine.Scap.Records;

/// <summary>A user of the captured machine (FORMAT.md 3.6).</summary>
/// <param name="Uid">The user's number.</param>
/// <param name="Gid">The user's main group.</param>
/// <param name="Name">The user's name, at most 255 bytes.</param>
/// <param name="Home">The home directory, at most 255 bytes.</param>
/// <param name="Shell">The login shell, at most 255 bytes.</param>
public sealed record UserRecord(uint Uid, uint Gid, ByteText Name, ByteText Home, ByteText Shell);
