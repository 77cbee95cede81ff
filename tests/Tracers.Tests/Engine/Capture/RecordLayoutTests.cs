using System.Runtime.CompilerServices;
using Tracers.Engine.Capture.Linux;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

/// <summary>The engine's structs and enums are those of the probe's records.h.</summary>
public sealed class RecordLayoutTests
{
    [SkippableFact]
    public void The_head_of_a_record_lies_as_in_C() =>
        AssertSame<RecordHeader>("record", ("Length", "len"), ("Kind", "kind"), ("Flags", "flags"), ("Call", "nr"), ("Time", "time"), ("Tid", "tid"), ("Pid", "pid"));

    [SkippableFact]
    public void The_head_of_a_copy_lies_as_in_C() => AssertSame<CopyHead>("copy_head", ("Kind", "kind"), ("Size", "size"), ("Whole", "whole"));

    [SkippableFact]
    public void A_row_of_the_table_of_calls_lies_as_in_C()
    {
        AssertSame<CallCopy>("call_copy", ("Kind", "kind"), ("Argument", "arg"), ("Length", "len"), ("Flags", "flags"));
        AssertSame<CallRow>(
            "call_row",
            ("Flags", "flags"),
            ("EnterCopies", "enter_copies"),
            ("ExitCopies", "exit_copies"),
            ("Unused", "unused"),
            ("Enter", "enter"),
            ("Exit", "exit"));
    }

    [SkippableFact]
    public void What_is_copied_of_the_kernel_lies_as_in_C()
    {
        AssertSame<CopiedMemory>("copied_memory", ("Virtual", "size"), ("Resident", "resident"), ("Swapped", "swapped"), ("_unused", "unused"));
        AssertSame<CopiedFile>("copied_file", ("Inode", "inode"), ("Device", "device"), ("Mode", "mode"));
        AssertSame<CopiedSocket>(
            "copied_socket",
            ("Family", "family"),
            ("Type", "type"),
            ("LocalPort", "local_port"),
            ("RemotePort", "remote_port"),
            ("Local", "local"),
            ("Remote", "remote"),
            ("Socket", "socket"),
            ("Peer", "peer"),
            ("Queued", "queued"),
            ("QueueLimit", "queue_limit"),
            ("Protocol", "protocol"),
            ("State", "state"),
            ("PathLength", "path_len"),
            ("_unused", "unused"),
            ("Path", "path"),
            ("_unused2", "unused2"));
        AssertSame<CopiedTask>(
            "copied_task",
            ("Tid", "tid"),
            ("Pid", "pid"),
            ("ParentTid", "parent_tid"),
            ("ParentPid", "parent_pid"),
            ("ProcessGroup", "process_group"),
            ("Session", "session"),
            ("OwnTid", "own_tid"),
            ("OwnPid", "own_pid"),
            ("Start", "start"),
            ("MajorFaults", "major_faults"),
            ("MinorFaults", "minor_faults"),
            ("Memory", "memory"),
            ("FdLimit", "fd_limit"),
            ("Cgroup", "cgroup"),
            ("Uid", "uid"),
            ("Gid", "gid"),
            ("LoginUid", "login_uid"),
            ("Tty", "tty"),
            ("Comm", "comm"),
            ("ArgumentsLength", "args_len"),
            ("EnvironmentLength", "env_len"),
            ("PidLevel", "pid_level"));
    }

    [SkippableFact]
    public void Rows_of_the_iterators_lie_as_in_C()
    {
        AssertSame<TaskRow>("row_task", ("Time", "time"), ("Task", "task"), ("Flags", "flags"), ("FilesOwner", "files_owner"));
        AssertSame<FileRow>(
            "row_file",
            ("Time", "time"),
            ("Tid", "tid"),
            ("Fd", "fd"),
            ("File", "file"),
            ("Flags", "flags"),
            ("PathLength", "path_len"),
            ("_unused", "unused"),
            ("Socket", "socket"),
            ("Path", "path"));
    }

    [SkippableFact]
    public void The_settings_lie_as_in_C() =>
        AssertSame<ProbeSettings>(
            "settings",
            ("RingBytes", "ring_bytes"),
            ("SnapLength", "snaplen"),
            ("OwnTid", "own_tid"),
            ("Filter", "filter"),
            ("CountOnly", "count_only"),
            ("_unused0", "unused[0]"),
            ("_unused1", "unused[1]"),
            ("_unused2", "unused[2]"));

    [SkippableFact]
    public void Numbers_are_those_of_C() => AssertSame(
        ("MAX_RECORD", Ring.MaxRecord),
        ("MAX_COPIES", CallRow.Copies.MaxCopies),
        ("CALL_ROWS", CallRow.Count),
        ("COMPAT_ROWS", CallRow.FirstCompat),
        ("offsetof(struct ring, consumed)", Ring.ConsumedAt),
        ("offsetof(struct ring, lost)", Ring.LostAt),
        ("offsetof(struct ring, lost_noted)", Ring.LostNotedAt),
        ("offsetof(struct ring, busy)", Ring.BusyAt),
        ("offsetof(struct ring, nested)", Ring.NestedAt),
        ("offsetof(struct ring, data)", Ring.HeadSize),
        ("offsetof(struct ring, produced)", 0),
        ("sizeof(struct record)", RecordHeader.Size),
        ("sizeof(struct copy_head)", CopyHead.HeadSize),
        ("sizeof(struct copied_socket)", CopiedSocket.Size),
        ("sizeof(struct copied_task)", CopiedTask.Size),
        ("sizeof(struct row_task)", TaskRow.Size),
        ("sizeof(struct row_file)", FileRow.Size));

    [SkippableFact]
    public void Enums_are_those_of_C()
    {
        AssertSameEnum<RecordKind>("RECORD_");
        AssertSameEnum<RecordFlags>("RECORD_", ("HasArguments", "HAS_ARGS"));
        AssertSameEnum<CallFlags>("CALL_", ("ExitArguments", "EXIT_ARGS"));
        AssertSameEnum<CopyFlags>("COPY_");
        AssertSameEnum<ProbeFilter>("FILTER_");
        AssertSameEnum<CopyKind>(
            "COPY_",
            ("SockAddr", "SOCKADDR"),
            ("SockAddrOut", "SOCKADDR_OUT"),
            ("IoVec", "IOVEC"),
            ("MsgHdr", "MSGHDR"),
            ("PollFds", "POLLFDS"),
            ("TaskEnvironment", "TASK_ENV"));
        AssertSameEnum<CopySource>(
            "FROM_",
            ("Argument0", "ARG0"),
            ("Argument1", "ARG0 + 1"),
            ("Argument2", "ARG0 + 2"),
            ("Argument3", "ARG0 + 3"),
            ("Argument4", "ARG0 + 4"),
            ("Argument5", "ARG0 + 5"));
    }

    private static void AssertSame<T>(string structure, params (string Field, string Member)[] members)
        where T : unmanaged
    {
        Dictionary<string, (int Offset, int Size)> fields = FieldLayout.Of<T>();
        Assert.Equal(fields.Keys.Order(), members.Select(member => member.Field).Order());

        List<string> expressions = [$"sizeof(struct {structure})"];
        List<string> ours = [$"{structure} has {Unsafe.SizeOf<T>()} bytes"];
        foreach ((string field, string member) in members)
        {
            expressions.Add($"offsetof(struct {structure}, {member})");
            expressions.Add($"sizeof_member({structure}, {member})");
            ours.Add($"{member} at {fields[field].Offset}, {fields[field].Size} bytes");
        }

        long[] values = CLayout.ValuesOf(expressions);
        List<string> theirs = [$"{structure} has {values[0]} bytes"];
        for (int i = 0; i < members.Length; i++)
            theirs.Add($"{members[i].Member} at {values[1 + 2 * i]}, {values[2 + 2 * i]} bytes");
        Assert.Equal(theirs, ours);
    }

    private static void AssertSame(params (string Expression, long Value)[] numbers)
    {
        long[] values = CLayout.ValuesOf([.. numbers.Select(number => number.Expression)]);
        Assert.Equal(
            numbers.Select((number, i) => $"{number.Expression} is {values[i]}"),
            numbers.Select(number => $"{number.Expression} is {number.Value}"));
    }

    // Names of C are those of C#, in capitals and with underscores, unless given. `None` of flags is no name there.
    private static void AssertSameEnum<T>(string prefix, params (string Name, string Theirs)[] names)
        where T : struct, Enum
    {
        Dictionary<string, string> given = names.ToDictionary(name => name.Name, name => name.Theirs);
        AssertSame([.. Enum.GetValues<T>().Select(value => (Value: value, Name: value.ToString()))
            .Where(item => item.Name != "None")
            .Select(item => ($"{prefix}{given.GetValueOrDefault(item.Name) ?? InCapitals(item.Name)}", Convert.ToInt64(item.Value, null)))]);
    }

    private static string InCapitals(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
