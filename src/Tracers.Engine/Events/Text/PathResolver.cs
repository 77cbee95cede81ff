namespace Tracers.Engine.Events;

/// <summary>Joins a directory and a path and removes <c>.</c>, <c>..</c> and doubled slashes, as sysdig does.</summary>
/// <remarks>Text only: symbolic links of the captured machine are not known.</remarks>
internal static class PathResolver
{
    private static ReadOnlySpan<byte> TooLong => "/PATH_TOO_LONG"u8;

    /// <summary>Writes the resolved path into <paramref name="target"/> and returns the written part.</summary>
    /// <param name="directory">Where a relative path starts; ignored for an absolute one.</param>
    /// <param name="path">The path as the call named it.</param>
    /// <param name="target">At least as long as the limit for paths.</param>
    public static ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> path, Span<byte> target)
    {
        int length = 0;
        bool relative = path.IsEmpty || path[0] != '/';
        if (relative && !Append(directory, target, ref length))
            return TooLong;
        if (!Append(path, target, ref length))
            return TooLong;
        if (length == 0)
            target[length++] = (byte)'/';

        // Where the directory is not known, or relative itself, a relative path stays one.
        return relative && (directory.IsEmpty || directory[0] != '/') ? target[1..length] : target[..length];
    }

    private static bool Append(ReadOnlySpan<byte> path, Span<byte> target, ref int length)
    {
        while (!path.IsEmpty)
        {
            int slash = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> part = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..];

            if (part.IsEmpty || part.SequenceEqual("."u8))
                continue;
            if (part.SequenceEqual(".."u8))
            {
                length = Math.Max(target[..length].LastIndexOf((byte)'/'), 0);
                continue;
            }

            if (length + 1 + part.Length > target.Length)
                return false;
            target[length++] = (byte)'/';
            part.CopyTo(target[length..]);
            length += part.Length;
        }

        return true;
    }
}
