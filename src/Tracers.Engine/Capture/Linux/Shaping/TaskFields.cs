namespace Tracers.Engine.Capture.Linux;

/// <summary>Where numbers lie in <see cref="CopiedTask"/> and <see cref="CopiedMemory"/>, by the names that calls.txt has for them.</summary>
internal static class TaskFields
{
    private static readonly Dictionary<string, (byte At, byte Size)> s_fields = new()
    {
        ["task.tid"] = (0, 4),
        ["task.pid"] = (4, 4),
        ["task.parent"] = (8, 4),
        ["task.group"] = (16, 4),
        ["task.owntid"] = (24, 4),
        ["task.ownpid"] = (28, 4),
        ["task.majorfaults"] = (40, 8),
        ["task.minorfaults"] = (48, 8),
        ["task.vmsize"] = (56, 4),
        ["task.rss"] = (60, 4),
        ["task.swap"] = (64, 4),
        ["task.fdlimit"] = (72, 8),
        ["task.uid"] = (88, 4),
        ["task.gid"] = (92, 4),
        ["task.loginuid"] = (96, 4),
        ["task.tty"] = (100, 4),
        ["memory.size"] = (0, 4),
        ["memory.resident"] = (4, 4),
        ["memory.swapped"] = (8, 4),
    };

    public const int Cgroup = 80;
    public const int Comm = 104;
    public const int CommBytes = 16;
    public const int ArgumentsLength = 120;
    public const int EnvironmentLength = 122;
    public const int PidLevel = 124;

    /// <summary>The place of a field; false when calls.txt names none.</summary>
    public static bool TryFind(string name, out byte at, out byte size)
    {
        bool found = s_fields.TryGetValue(name, out (byte At, byte Size) field);
        (at, size) = field;
        return found;
    }
}
