using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>Cgroups of threads, from <c>/proc</c> only when nothing better is known.</summary>
/// <remarks>
/// Where all hierarchies are v2 the id says all: its text is read once. Where v1 hierarchies stand beside it the id says little, since engines
/// put their containers into those: there a thread has what the state says of it, which is what its parent had, until it runs another program,
/// which is what follows a move. Then it is read again.
/// </remarks>
internal sealed class CgroupNames : ICgroupNames
{
    // Machines that make a cgroup for each small task must not keep them all.
    private const int MostIds = 4096;

    private readonly ProcFolder _proc;
    private readonly CaptureState _state;
    private readonly string? _mount;
    private readonly bool _isMixed;
    private readonly Dictionary<ulong, ByteText> _byId = [];
    private readonly HashSet<uint> _executed = [];
    private readonly byte[] _text = new byte[CgroupText.Limit];

    /// <summary>For the machine that <paramref name="proc"/> shows.</summary>
    /// <param name="proc">The folder.</param>
    /// <param name="state">The threads as they are known.</param>
    /// <param name="mount">Where the v2 hierarchy is mounted; null for nowhere.</param>
    public CgroupNames(ProcFolder proc, CaptureState state, string? mount)
    {
        _proc = proc;
        _state = state;
        _mount = mount;
        _isMixed = CgroupText.HasVersion1(proc.Read("self/cgroup"u8));
    }

    /// <summary>The thread runs another program now: what is known of its cgroups may be old.</summary>
    public void Executed(uint tid)
    {
        if (_isMixed)
            _executed.Add(tid);
    }

    public ReadOnlySpan<byte> Find(ulong cgroupId, uint tid)
    {
        if (!_isMixed)
            return _byId.TryGetValue(cgroupId, out ByteText known) ? known.Span : Read(cgroupId, tid);
        bool executed = _executed.Count != 0 && _executed.Remove(tid);
        ReadOnlySpan<byte> told = Told(tid);
        return told.IsEmpty || executed ? Read(cgroupId, tid) : told;
    }

    /// <summary>The same as a text to keep: one for all threads of a v2 cgroup.</summary>
    public ByteText Keep(ulong cgroupId, uint tid)
    {
        ReadOnlySpan<byte> text = Find(cgroupId, tid);
        return !_isMixed && _byId.TryGetValue(cgroupId, out ByteText known) ? known : new ByteText(text.ToArray());
    }

    private ReadOnlySpan<byte> Told(uint tid) => _state.Threads.Find((int)tid) is { } thread ? thread.Identity.Details.Cgroups.Span : default;

    private ReadOnlySpan<byte> Read(ulong cgroupId, uint tid)
    {
        ReadOnlySpan<byte> lines = _proc.Read(tid, "cgroup"u8);
        int length = CgroupText.Write(lines, _text);
        if (length == 0)
            return Told(tid);
        ReadOnlySpan<byte> text = _text.AsSpan(0, length);
        if (_isMixed || !IsStillIn(cgroupId, CgroupText.UnifiedPath(lines)))
            return text;

        if (_byId.Count >= MostIds)
            _byId.Clear();
        ByteText kept = new(text.ToArray());
        _byId.Add(cgroupId, kept);
        return kept.Span;
    }

    // The thread may have been moved since; the name would then be another cgroup's.
    private bool IsStillIn(ulong cgroupId, ReadOnlySpan<byte> path) => _mount is null || CgroupHierarchy.IdOf(_mount, path) == cgroupId;
}
