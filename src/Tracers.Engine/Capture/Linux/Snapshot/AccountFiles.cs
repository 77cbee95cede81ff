using System.Buffers.Text;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>Users and groups of the machine, from <c>/etc/passwd</c> and <c>/etc/group</c>.</summary>
/// <remarks>The files, not the C library's calls: those may ask a directory server, and a capture is to begin at once.</remarks>
internal static class AccountFiles
{
    private const int LongestName = 255;
    private const int MostBytes = 16 << 20;

    /// <summary>Users of the file at a path; none when it cannot be read. Lines that are not users are passed over.</summary>
    public static List<UserRecord> ReadUsers(string path)
    {
        List<UserRecord> users = [];
        ReadOnlySpan<byte> text = ReadFile(path);
        Span<Range> fields = stackalloc Range[7];
        foreach (Range range in text.Split((byte)'\n'))
        {
            // name:password:uid:gid:comment:home:shell
            ReadOnlySpan<byte> line = text[range];
            if (Split(line, fields) && Number(line[fields[2]]) is { } uid && Number(line[fields[3]]) is { } gid)
                users.Add(new UserRecord(uid, gid, Name(line[fields[0]]), Name(line[fields[5]]), Name(line[fields[6]])));
        }

        return users;
    }

    /// <summary>Groups of the file at a path; none when it cannot be read. Lines that are not groups are passed over.</summary>
    public static List<GroupRecord> ReadGroups(string path)
    {
        List<GroupRecord> groups = [];
        ReadOnlySpan<byte> text = ReadFile(path);
        Span<Range> fields = stackalloc Range[4];
        foreach (Range range in text.Split((byte)'\n'))
        {
            // name:password:gid:members
            ReadOnlySpan<byte> line = text[range];
            if (Split(line, fields) && Number(line[fields[2]]) is { } gid)
                groups.Add(new GroupRecord(gid, Name(line[fields[0]])));
        }

        return groups;
    }

    private static bool Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        int count = 0;
        foreach (Range range in line.Split((byte)':'))
        {
            if (count == fields.Length)
                return false;
            fields[count++] = range;
        }

        return count == fields.Length && !line[fields[0]].IsEmpty && line[0] is not ((byte)'#' or (byte)'+' or (byte)'-');
    }

    private static uint? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out uint number, out int used) && used == text.Length ? number : null;

    private static ByteText Name(ReadOnlySpan<byte> name) => new(name[..Math.Min(name.Length, LongestName)].ToArray());

    private static byte[] ReadFile(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MostBytes } ? File.ReadAllBytes(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A machine without such a file has users with numbers only.
            return [];
        }
    }
}
