using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Tracers.Engine.Capture.Linux.Native;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Events;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Engine.Capture.Linux;

/// <summary>
/// How a capture begins: the programs run first, then the iterators tell what there is, each row with its moment, and rows and events are
/// applied to the model in the order of their times. So there is no moment of which the model does not know, and no event counts twice.
/// </summary>
internal static class RecorderStart
{
    // Records that are lost while the machine is looked at may be ones that the model needs: it is looked at again.
    private const int MostLooks = 3;

    // Rounds until no selected process has children that the filter lacks. One that makes children all the time, which the probe adds, has no last.
    private const int MostGenerations = 5;
    private const int CommLength = 15;

    /// <summary>Starts on the calling thread, which has to be the one that goes on to record.</summary>
    /// <exception cref="CaptureStartException">It cannot; nothing is attached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is attached.</exception>
    public static Recorder Start(CaptureOptions options, RecordingFiles files, SessionCounters counters, CancellationToken cancellation)
    {
        MachineFacts facts = MachineFacts.Read();
        if (StartDiagnosis.Unsupported(facts) is { } reason)
            throw reason;
        CallTable table = LoadTable(options);
        ProcFolder proc = new();
        string? mount = CgroupHierarchy.FindMount(proc);
        IReadOnlyCollection<ulong> cgroups = options.ContainerIds.Count == 0 ? [] : CgroupHierarchy.Resolve(mount, options.ContainerIds);
        MachineModel model = new(proc, mount);
        MachineHead head = ReadHead(proc);
        model.State.SetInterfaces(head.Interfaces);
        ProbeProgram probe = ProbeProgram.Load(SettingsOf(options, facts), facts);
        try
        {
            probe.SetCalls(table.Rows);
            SetFilters(probe, options, cgroups);
            RecordShaper shaper = new(table, model.Cgroups);
            RingMerge merge = new(probe.Rings);
            probe.Attach();
            Look(probe, options, merge, shaper, model, proc, cancellation);
            return Begin(new Recorder(options, files, probe, shaper, merge, model, head, counters), options);
        }
        catch
        {
            probe.Dispose();
            throw;
        }
    }

    private static Recorder Begin(Recorder recorder, CaptureOptions options)
    {
        try
        {
            if (options.Runtimes is { } runtimes)
                recorder.Listen(runtimes);
            recorder.Begin();
            return recorder;
        }
        catch (RuntimeAccessException e)
        {
            recorder.Dispose();
            throw new CaptureStartException(CaptureStartFailure.Option, e.Message, e);
        }
        catch
        {
            recorder.Dispose();
            throw;
        }
    }

    private static void Look(
        ProbeProgram probe, CaptureOptions options, RingMerge merge, RecordShaper shaper, MachineModel model, ProcFolder proc, CancellationToken cancellation)
    {
        LossLedger losses = new(probe.Rings);
        using CaptureWriter nowhere = new(Stream.Null);
        nowhere.WriteSectionHeader();
        HashSet<uint> selected = [.. options.ProcessIds.Select(pid => (uint)pid)];
        for (int look = 0; look < MostLooks; look++)
        {
            losses.Begin();

            // What was closed or ended unseen would stay for ever.
            if (look > 0)
                model.State.Clear();
            List<TaskRow> tasks = [];
            int round = 0;
            do
            {
                tasks.Clear();
                probe.ReadTasks((ref readonly row) => tasks.Add(row));
            }
            while (options.ProcessIds.Count > 0 && KeepSelected(probe, tasks, selected) && ++round < MostGenerations);
            HashSet<uint> owners = [.. tasks.Select(row => row.FilesOwner)];
            List<FileRow> descriptors = [];
            probe.ReadFiles((ref readonly row) =>
            {
                if (owners.Contains(row.Tid))
                    descriptors.Add(row);
            });
            MachineSnapshot snapshot = MachineSnapshot.Take(
                CollectionsMarshal.AsSpan(tasks), CollectionsMarshal.AsSpan(descriptors), proc, model.Cgroups);

            ulong until = Math.Max(snapshot.LastTime, MonotonicClock.Now);
            do
            {
                cancellation.ThrowIfCancellationRequested();
                merge.Look();
                while (merge.TryNext(out ReadOnlySpan<byte> record, out int cpu))
                {
                    snapshot.ApplyUntil(MemoryMarshal.Read<RecordHeader>(record).Time, model.State);
                    ushort type = shaper.TypeOf(record);
                    if (type != RecordShaper.NoEvent && MachineModel.ChangesState(type) && shaper.Shape(record, (ushort)cpu, nowhere)
                        && RecordShaper.TryView(nowhere, default, out EventView e))
                    {
                        model.Apply(in e);
                    }
                }

                merge.Release();
            }
            while (merge.Bound < until);

            snapshot.ApplyUntil(ulong.MaxValue, model.State);
            if (losses.Total == 0)
                return;
        }
    }

    private static CallTable LoadTable(CaptureOptions options)
    {
        try
        {
            return CallTable.Load(options.Mode, options.Syscalls);
        }
        catch (ArgumentException e)
        {
            throw new CaptureStartException(CaptureStartFailure.Option, e.Message, e);
        }
    }

    private static ProbeSettings SettingsOf(CaptureOptions options, MachineFacts facts) => new()
    {
        RingBytes = (uint)RingSize.Choose(options.BufferBytes, Libbpf.PossibleCpus(), facts.Kernel),
        SnapLength = (uint)options.SnapLength,
        OwnTid = (uint)Libc.ThreadId(),
        Filter = (options.ProcessIds.Count > 0 ? ProbeFilter.Pid : 0) | (options.ProcessNames.Count > 0 ? ProbeFilter.Name : 0)
            | (options.ContainerIds.Count > 0 ? ProbeFilter.Cgroup : 0),
    };

    private static void SetFilters(ProbeProgram probe, CaptureOptions options, IReadOnlyCollection<ulong> cgroups)
    {
        foreach (int pid in options.ProcessIds)
        {
            if (!Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}")))
                throw new CaptureStartException(CaptureStartFailure.Option, $"There is no process {pid}. Start it first, or select by -ProcessName.");
            probe.Pids.Add((uint)pid);
        }

        foreach (string name in options.ProcessNames)
        {
            CopiedTask.TaskName key = default;
            ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(name);
            text[..Math.Min(text.Length, CommLength)].CopyTo(key);
            probe.Names.Add(key);
        }

        foreach (ulong id in cgroups)
            probe.Cgroups.Add(id);
    }

    // The probe adds the children that are made from now on; these were made before. A parent stands anywhere in the list. No event will be of
    // another process: what the others are and have open is nothing to the file, and nothing for whom it is given to. True when some were new:
    // those may have made children between the row and the filter, of which only another look can tell.
    private static bool KeepSelected(ProbeProgram probe, List<TaskRow> tasks, HashSet<uint> selected)
    {
        int first = selected.Count, before;
        do
        {
            before = selected.Count;
            foreach (TaskRow row in tasks)
            {
                if (selected.Contains(row.Task.ParentPid) && selected.Add(row.Task.Pid))
                    probe.Pids.Add(row.Task.Pid);
            }
        }
        while (selected.Count > before);
        tasks.RemoveAll(row => !selected.Contains(row.Task.Pid));
        return selected.Count > first;
    }

    private static MachineHead ReadHead(ProcFolder proc) =>
        new(MachineReader.Read(proc), InterfaceAddresses.Read(), AccountFiles.ReadUsers("/etc/passwd"), AccountFiles.ReadGroups("/etc/group"));
}
