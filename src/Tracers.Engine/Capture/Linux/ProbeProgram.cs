using System.Runtime.InteropServices;
using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture.Linux;

/// <summary>
/// The probe in the kernel: <see cref="Load(ProbeSettings, MachineFacts)"/> brings its programs and maps there, <see cref="Attach"/> makes them run, the iterators give what
/// there was before. Disposing of it takes all of it out again. One thread at a time.
/// </summary>
/// <exception cref="CaptureStartException">Any step was refused; the message says why and what to do.</exception>
internal sealed class ProbeProgram : IDisposable
{
    /// <summary>What the kernel's own lists (bpftool prog, bpftool map) show it as.</summary>
    private const string Name = "tracers";

    private const int ReadSize = 64 * 1024;

    // Exits before enters: an exit whose enter is missing is what every call under way gives, an enter without its exit would look unfinished.
    private static readonly string[] s_programs = ["on_fork", "on_exec", "on_task_exit", "on_exit", "on_enter"];

    private readonly StartDiagnosis _diagnosis;
    private readonly SafeBpfObject _object;
    private readonly RingMap _rings;
    private readonly BpfMap _calls;
    private readonly List<SafeBpfLink> _links = new(s_programs.Length);

    private ProbeProgram(StartDiagnosis diagnosis, SafeBpfObject bpfObject, int possibleCpus, ProbeSettings settings)
    {
        _diagnosis = diagnosis;
        _object = bpfObject;
        _calls = Libbpf.FindMap(bpfObject, "calls");
        Libbpf.RequireSizes<uint, CallRow>(_calls);
        Pids = new FilterSet<uint>(Libbpf.FindMap(bpfObject, "pids"), diagnosis);
        Names = new FilterSet<CopiedTask.TaskName>(Libbpf.FindMap(bpfObject, "names"), diagnosis);
        Cgroups = new FilterSet<ulong>(Libbpf.FindMap(bpfObject, "cgroups"), diagnosis);

        BpfMap rings = Libbpf.FindMap(bpfObject, StartDiagnosis.RingsMap);
        Libbpf.SetValueSize(rings, (uint)RingMap.ElementSize((int)settings.RingBytes));
        Libbpf.SetMaxEntries(rings, (uint)possibleCpus);
        Libbpf.SetInitialValue(Libbpf.FindMap(bpfObject, ".rodata"), settings);
        Libbpf.LoadObject(bpfObject);
        _rings = new RingMap(rings, possibleCpus, (int)settings.RingBytes);
    }

    /// <summary>By CPU number; all that the kernel may ever use.</summary>
    public ReadOnlySpan<Ring> Rings => _rings.Rings;

    /// <summary>Process ids that <see cref="ProbeFilter.Pid"/> lets pass.</summary>
    public FilterSet<uint> Pids { get; }

    /// <summary>Names, filled with NULs, that <see cref="ProbeFilter.Name"/> lets pass.</summary>
    public FilterSet<CopiedTask.TaskName> Names { get; }

    /// <summary>Ids of cgroups that <see cref="ProbeFilter.Cgroup"/> lets pass.</summary>
    public FilterSet<ulong> Cgroups { get; }

    /// <summary>Loads the probe for this machine; nothing runs yet.</summary>
    /// <param name="settings">Constants of this load; <see cref="ProbeSettings.RingBytes"/> as <see cref="RingSize.Choose"/> gives it.</param>
    /// <param name="facts">The machine.</param>
    public static ProbeProgram Load(ProbeSettings settings, MachineFacts facts) =>
        StartDiagnosis.Unsupported(facts) is { } reason ? throw reason : Load(ProbeObject.Bytes, settings, facts);

    /// <summary>Loads an object.</summary>
    internal static ProbeProgram Load(ReadOnlySpan<byte> elf, ProbeSettings settings, MachineFacts facts)
    {
        StartDiagnosis diagnosis = new(facts);
        return diagnosis.Run(elf, bytes =>
        {
            SafeBpfObject opened = Libbpf.OpenObject(bytes, Name);
            try
            {
                return new ProbeProgram(diagnosis, opened, Libbpf.PossibleCpus(), settings);
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        });
    }

    /// <summary>Says what the probe does with each system call.</summary>
    /// <param name="rows">By the call's number, <see cref="CallRow.Count"/> of them.</param>
    public void SetCalls(CallRow[] rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, CallRow.Count);
        _diagnosis.Run(() => Libbpf.SetElements<CallRow>(_calls, rows));
    }

    /// <summary>From now on records are written. If a program cannot be attached, none is.</summary>
    public void Attach() => _diagnosis.Run(() =>
    {
        try
        {
            foreach (string program in s_programs)
                _links.Add(Libbpf.Attach(_object, program));
        }
        catch
        {
            Detach();
            throw;
        }
    });

    /// <summary>No record is written any more; what is in the rings stays. May be called again.</summary>
    public void Detach()
    {
        for (int i = _links.Count; i-- > 0;)
            _links[i].Dispose();
        _links.Clear();
    }

    /// <summary>Every thread of the machine.</summary>
    public void ReadTasks(RowHandler<TaskRow> handler) => ReadRows("each_task", handler);

    /// <summary>Every open descriptor of the machine.</summary>
    public void ReadFiles(RowHandler<FileRow> handler) => ReadRows("each_file", handler);

    public void Dispose()
    {
        Detach();
        _rings.Dispose();
        _object.Dispose();
    }

    private void ReadRows<TRow>(string program, RowHandler<TRow> handler)
        where TRow : unmanaged => _diagnosis.Run(() =>
    {
        using SafeBpfLink link = Libbpf.AttachIterator(_object, program);
        using SafeBpfIterator iterator = Libbpf.CreateIterator(link);
        byte[] buffer = new byte[ReadSize];
        int kept = 0;
        while (Libc.Read(iterator, buffer.AsSpan(kept)) is > 0 and int count)
        {
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, kept + count);
            ReadOnlySpan<TRow> rows = MemoryMarshal.Cast<byte, TRow>(bytes);
            foreach (ref readonly TRow row in rows)
                handler(in row);

            // A read may end within a row.
            ReadOnlySpan<byte> rest = bytes[MemoryMarshal.AsBytes(rows).Length..];
            rest.CopyTo(buffer);
            kept = rest.Length;
        }

        if (kept != 0)
            throw new NativeCallException($"Rows of {program} that end within one", Errno.Invalid);
    });
}
