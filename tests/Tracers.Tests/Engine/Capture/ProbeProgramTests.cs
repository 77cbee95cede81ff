using System.Runtime.InteropServices;
using System.Text;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

[Collection(ProbeTestGroup.Name)]
public sealed class ProbeProgramTests
{
    private const int RingBytes = 8 << 20;

    [SkippableFact]
    public void Attached_programs_write_whole_records_into_the_rings()
    {
        using ProbeProgram probe = Load();
        probe.SetCalls(EveryCall());
        Assert.All(probe.Rings.ToArray(), ring => Assert.Equal(0UL, ring.Produced));

        probe.Attach();
        MakeCalls();
        probe.Detach();

        int ours = 0;
        foreach (Ring ring in probe.Rings)
            ours += CountOurs(ring);
        Assert.True(ours >= 200, $"{ours} records of this process");
    }

    [SkippableFact]
    public void Nothing_is_written_after_detaching_and_it_may_be_asked_for_again()
    {
        using ProbeProgram probe = Load();
        probe.SetCalls(EveryCall());
        probe.Attach();
        probe.Detach();
        probe.Detach();

        // A program that was running on another CPU ends by itself.
        Thread.Sleep(50);
        ulong[] before = Produced(probe);
        MakeCalls();
        Assert.Equal(before, Produced(probe));
    }

    [SkippableFact]
    public void Calls_without_a_row_leave_no_record()
    {
        using ProbeProgram probe = Load();
        probe.SetCalls(new CallRow[CallRow.Count]);
        probe.Attach();
        MakeCalls();
        probe.Detach();

        foreach (Ring ring in probe.Rings)
        {
            foreach (RecordHeader record in Records(ring))
                Assert.True(record.Kind is not (RecordKind.Enter or RecordKind.Exit), $"a record of call {record.Call}");
        }
    }

    [SkippableFact]
    public void What_the_consumer_takes_is_room_for_more_and_a_full_ring_counts_what_is_lost()
    {
        using ProbeProgram probe = Load(ringBytes: RingSize.Smallest);
        probe.SetCalls(EveryCall());
        probe.Attach();
        MakeCalls(5000);
        Assert.True(Lost(probe) > 0, "nothing was lost");

        foreach (Ring ring in probe.Rings)
        {
            Assert.True(ring.Produced - ring.Consumed <= (ulong)ring.Size);
            ring.Consumed = ring.Produced;
        }

        // The ring that lost some is another CPU's when this thread has moved: somebody will make a call there.
        bool isNoted = SpinWait.SpinUntil(
            () =>
            {
                MakeCalls(10);
                return probe.Rings.ToArray().Any(ring => ring.LostNoted > 0);
            },
            TimeSpan.FromSeconds(10));
        Assert.True(isNoted, "no record tells of the lost ones");
    }

    [SkippableFact]
    public void The_consumers_own_thread_is_not_recorded()
    {
        uint own = (uint)Gettid();
        using ProbeProgram probe = Load(ownTid: own);
        probe.SetCalls(EveryCall());
        probe.Attach();
        MakeCalls();
        probe.Detach();

        foreach (Ring ring in probe.Rings)
            Assert.DoesNotContain(Records(ring), record => record.Tid == own);
    }

    [SkippableFact]
    public void A_filter_by_process_id_lets_only_that_process_pass()
    {
        using ProbeProgram probe = Load(filter: ProbeFilter.Pid);
        probe.SetCalls(EveryCall());
        uint pid = (uint)Environment.ProcessId;
        probe.Pids.Add(pid);
        Assert.True(probe.Pids.Contains(pid));
        Assert.False(probe.Pids.Contains(1));

        probe.Attach();
        MakeCalls();
        probe.Detach();

        List<RecordHeader> records = [];
        foreach (Ring ring in probe.Rings)
            records.AddRange(Records(ring));
        Assert.True(records.Count >= 200, $"{records.Count} records");
        Assert.Contains(records, record => record.Pid == pid);
        Assert.True(probe.Pids.Remove(pid));
        Assert.False(probe.Pids.Remove(pid));
    }

    [SkippableFact]
    public void A_filter_that_is_full_says_so()
    {
        using ProbeProgram probe = Load();
        CaptureStartException error = Assert.Throws<CaptureStartException>(() =>
        {
            for (ulong id = 0; id < 1_000_000; id++)
                probe.Cgroups.Add(id);
        });
        Assert.Equal(CaptureStartFailure.Option, error.Failure);
        Assert.Contains("more entries than the probe can hold", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_iterators_give_this_thread_and_its_descriptors()
    {
        using ProbeProgram probe = Load();
        string path = Path.GetTempFileName();
        try
        {
            using FileStream open = File.OpenRead(path);
            uint tid = (uint)Gettid();
            uint pid = (uint)Environment.ProcessId;
            TaskRow? own = null;
            int tasks = 0;
            probe.ReadTasks((ref readonly TaskRow row) =>
            {
                tasks++;
                if (row.Task.Tid == tid)
                    own = row;
            });
            Assert.NotNull(own);
            Assert.Equal(pid, own.Value.Task.Pid);
            Assert.True(tasks > 10, $"{tasks} threads");

            List<string> paths = [];
            int files = 0;
            probe.ReadFiles((ref readonly FileRow row) =>
            {
                files++;
                if (row.Tid == pid && row.Fd == (int)open.SafeFileHandle.DangerousGetHandle())
                {
                    ReadOnlySpan<byte> text = row.Path;
                    paths.Add(Encoding.UTF8.GetString(text[..(int)row.PathLength]));
                }
            });
            Assert.Equal([path], paths);

            // More than one piece of 64 KiB, so that rows were cut in two and put together again.
            Assert.True(files * FileRow.Size > 2 * 64 * 1024, $"{files} descriptors");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [SkippableFact]
    public void What_a_row_handler_throws_ends_the_iteration()
    {
        using ProbeProgram probe = Load();
        int before = Descriptors().Count;
        Assert.Throws<InvalidOperationException>(() => probe.ReadTasks((ref readonly TaskRow _) => throw new InvalidOperationException()));
        Assert.Equal(before, Descriptors().Count);
    }

    [SkippableFact]
    public void Ten_captures_leave_no_descriptor_no_mapping_no_map_and_no_program()
    {
        LiveMachine.Require();
        RunWhole();
        List<string> descriptors = Descriptors();
        int mappings = Mappings();
        for (int i = 0; i < 10; i++)
            RunWhole();

        Assert.Equal(descriptors, Descriptors());
        Assert.Equal(mappings, Mappings());
    }

    [SkippableFact]
    public void Disposing_twice_does_nothing_and_a_closed_probe_says_so()
    {
        ProbeProgram probe = Load();
        probe.Dispose();
        probe.Dispose();
        Assert.Throws<ObjectDisposedException>(() => probe.Pids.Add(1));
        Assert.Throws<ObjectDisposedException>(probe.Attach);
        Assert.Throws<ObjectDisposedException>(() => probe.ReadTasks((ref readonly TaskRow _) => { }));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5000)]
    public void Bytes_that_are_no_object_are_refused_and_leave_nothing(int length)
    {
        MachineFacts facts = LiveMachine.Require();
        byte[] bytes = ProbeObject.Bytes[..length].ToArray();
        AssertRefused(facts, bytes, "bpf_object__open_mem(tracers)");
    }

    [SkippableFact]
    public void An_object_without_one_of_the_maps_is_refused_and_leaves_nothing() =>
        AssertRefused(LiveMachine.Require(), Renamed("cgroups", "cgroupz"), "(cgroups)");

    [SkippableFact]
    public void Where_one_program_is_missing_none_stays_attached()
    {
        MachineFacts facts = LiveMachine.Require();
        List<string> before = Descriptors();
        using (ProbeProgram probe = ProbeProgram.Load(Renamed("on_enter", "on_entes"), Settings(), facts))
        {
            probe.SetCalls(EveryCall());
            List<string> loaded = Descriptors();
            CaptureStartException error = Assert.Throws<CaptureStartException>(probe.Attach);
            Assert.Equal(CaptureStartFailure.Other, error.Failure);
            Assert.Contains("on_enter", error.Message, StringComparison.Ordinal);
            Assert.Equal(loaded, Descriptors());
        }

        Assert.Equal(before, Descriptors());
    }

    [SkippableFact]
    public void A_program_that_the_verifier_refuses_is_named_with_its_verdict()
    {
        MachineFacts facts = LiveMachine.Require();
        byte[] elf = ProbeObject.Bytes.ToArray();

        // Instead of bpf_get_current_task_btf (158), a helper that no kernel has.
        ReplaceInstructions(elf, "tp_btf/sched_process_fork", 0x9E_0000_0085, 0x270F_0000_0085);
        CaptureStartException error = AssertRefused(facts, elf, "bpf_object__load");
        Assert.Contains("libbpf says: prog 'on_fork': invalid func unknown#9999", error.Message, StringComparison.Ordinal);
    }

    private static CaptureStartException AssertRefused(MachineFacts facts, byte[] elf, string named)
    {
        List<string> before = Descriptors();
        int mappings = Mappings();
        CaptureStartException error = Assert.Throws<CaptureStartException>(() => ProbeProgram.Load(elf, Settings(), facts));
        Assert.Equal(CaptureStartFailure.Other, error.Failure);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Descriptors());
        Assert.Equal(mappings, Mappings());
        return error;
    }

    private static ProbeProgram Load(int ringBytes = RingBytes, uint ownTid = 0, ProbeFilter filter = ProbeFilter.None) =>
        ProbeProgram.Load(Settings(ringBytes, ownTid, filter), LiveMachine.Require());

    private static ProbeSettings Settings(int ringBytes = RingBytes, uint ownTid = 0, ProbeFilter filter = ProbeFilter.None) =>
        new() { RingBytes = (uint)ringBytes, SnapLength = 80, OwnTid = ownTid, Filter = filter };

    private static void RunWhole()
    {
        using ProbeProgram probe = Load();
        probe.SetCalls(EveryCall());
        probe.Attach();
        int rows = 0;
        probe.ReadTasks((ref readonly TaskRow _) => rows++);
        probe.ReadFiles((ref readonly FileRow _) => rows++);
        Assert.True(rows > 0);
    }

    private static CallRow[] EveryCall()
    {
        CallRow[] rows = new CallRow[CallRow.Count];
        Array.Fill(rows, new CallRow { Flags = CallFlags.Enter | CallFlags.Exit });
        return rows;
    }

    private static void MakeCalls(int count = 200)
    {
        for (int i = 0; i < count; i++)
            _ = Gettid();
    }

    private static int CountOurs(Ring ring)
    {
        int count = 0;
        foreach (RecordHeader record in Records(ring))
        {
            if (record.Pid == Environment.ProcessId)
                count++;
        }

        return count;
    }

    // From the beginning: only of rings that nobody has taken anything from, and that are not being written.
    private static unsafe List<RecordHeader> Records(Ring ring)
    {
        List<RecordHeader> records = [];
        ulong end = ring.Produced;
        for (ulong at = 0; at < end;)
        {
            RecordHeader record = *(RecordHeader*)ring.At(at);
            Assert.True(record.Length is >= RecordHeader.Size and <= Ring.MaxRecord && record.Length % 8 == 0, $"a record of {record.Length} bytes at {at}");
            records.Add(record);
            at += record.Length;
        }

        return records;
    }

    private static ulong[] Produced(ProbeProgram probe) => [.. probe.Rings.ToArray().Select(ring => ring.Produced)];

    private static ulong Lost(ProbeProgram probe) => probe.Rings.ToArray().Aggregate(0UL, (sum, ring) => sum + ring.Lost);

    /// <summary>The kernel objects of BPF that this process holds, sorted.</summary>
    private static List<string> Descriptors() =>
        [.. Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(descriptor => new FileInfo(descriptor).LinkTarget ?? "")
            .Where(target => target.Contains("bpf", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static int Mappings() => File.ReadLines("/proc/self/maps").Count(line => line.Contains("bpf-map", StringComparison.Ordinal));

    private static byte[] Renamed(string from, string to)
    {
        Assert.Equal(from.Length, to.Length);
        byte[] elf = ProbeObject.Bytes.ToArray();
        byte[] old = Encoding.ASCII.GetBytes(from + '\0');
        int replaced = 0;
        for (int at = elf.AsSpan().IndexOf(old); at >= 0; at = elf.AsSpan().IndexOf(old))
        {
            Encoding.ASCII.GetBytes(to, elf.AsSpan(at));
            replaced++;
        }

        Assert.NotEqual(0, replaced);
        return elf;
    }

    private static void ReplaceInstructions(byte[] elf, string section, ulong from, ulong to)
    {
        // ELF64: where the table of sections is, how many there are and which one has their names; of each section its name, offset and length.
        int table = (int)MemoryMarshal.Read<ulong>(elf.AsSpan(0x28));
        int count = MemoryMarshal.Read<ushort>(elf.AsSpan(0x3C));
        int names = OffsetOf(elf, table + 64 * MemoryMarshal.Read<ushort>(elf.AsSpan(0x3E)));
        for (int i = 0; i < count; i++)
        {
            int header = table + 64 * i;
            ReadOnlySpan<byte> name = elf.AsSpan(names + MemoryMarshal.Read<int>(elf.AsSpan(header)));
            if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == section)
            {
                Span<ulong> code = MemoryMarshal.Cast<byte, ulong>(elf.AsSpan(OffsetOf(elf, header), (int)MemoryMarshal.Read<ulong>(elf.AsSpan(header + 0x20))));
                Assert.True(code.Contains(from), "no such instruction");
                code.Replace(from, to);
                return;
            }
        }

        Assert.Fail($"no section {section}");
    }

    private static int OffsetOf(byte[] elf, int header) => (int)MemoryMarshal.Read<ulong>(elf.AsSpan(header + 0x18));

    [DllImport("libc", EntryPoint = "gettid")]
    private static extern int Gettid();
}
