using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis.Tables;

/// <summary>Sums up what is done with descriptors while a capture is read, and makes rows of that and of the state that it leads to.</summary>
internal sealed class DescriptorTable
{
    private readonly CaptureState _state;
    private readonly DescriptorQuery _query;
    private readonly uint _kinds;
    private readonly Dictionary<FdTable, Dictionary<long, DescriptorUse>> _open = [];

    // What was closed, one for each process and name: a server closes more descriptors than anybody wants to see.
    private readonly Dictionary<ClosedName, DescriptorUse> _closed = [];

    // Calls of one process come in runs.
    private FdTable? _lastTable;
    private Dictionary<long, DescriptorUse>? _last;

    public DescriptorTable(CaptureState state, DescriptorQuery query)
    {
        _state = state;
        _query = query;
        foreach (FdKind kind in query.Kinds)
            _kinds |= 1u << (int)kind;
    }

    /// <summary>Takes in an event that is no marker, after it was applied.</summary>
    /// <param name="e">The event.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="counts">Whether its activity counts.</param>
    public void Add(scoped in EventView e, scoped in EventOutcome outcome, bool counts)
    {
        uint kind = EventKinds.ByType[e.Type];
        if (EventKinds.Rule(kind) == StateRule.ProcessExit)
            CloseAll(outcome.Thread);

        // What moves bytes between descriptors comes side by side.
        if (!e.IsExit || outcome.Fd is not { } fd || outcome.FdNumber < 0 || !IsWanted(fd) || (kind & EventKinds.Transfer) != 0)
            return;

        StateRule rule = EventKinds.Rule(kind);
        bool isNew = outcome.Result >= 0 && outcome.Result == outcome.FdNumber && IsOpening(rule);
        if (isNew)
            Close(outcome.Thread.Fds, outcome.FdNumber);
        DescriptorUse use = UseOf(outcome.Thread, outcome.FdNumber, fd);
        if (counts)
        {
            Count(ref use.Totals, in outcome);
            if (isNew && fd.Kind is FdKind.File or FdKind.Directory)
                use.Totals.Opens++;
        }

        if (rule == StateRule.Close && outcome.Result >= 0)
            Close(outcome.Thread.Fds, outcome.FdNumber);
    }

    /// <summary>Adds the bytes of one call, or one side of it.</summary>
    public void AddIo(scoped in EventView e, scoped in EventOutcome outcome, bool reads)
    {
        if (outcome.Fd is not { } fd || outcome.FdNumber < 0 || !IsWanted(fd))
            return;
        ref DescriptorTotals totals = ref UseOf(outcome.Thread, outcome.FdNumber, fd).Totals;
        if ((EventKinds.ByType[e.Type] & EventKinds.Transfer) != 0)
            Count(ref totals, in outcome);
        long bytes = Math.Max(outcome.Result, 0);
        if (reads)
            totals.ReadBytes += bytes;
        else
            totals.WriteBytes += bytes;
    }

    /// <summary>The rows by pid and number, what was closed behind what is open.</summary>
    public List<DescriptorRow> Rows()
    {
        JoinSections();
        List<DescriptorRow> rows = [];
        HashSet<FdTable> seen = [];
        foreach (TracedThread thread in _state.Threads.All)
        {
            // Threads that share the table of their process have no descriptors of their own.
            TracedThread owner = OwnerOf(thread);
            if (owner.IsGone || !seen.Add(owner.Fds))
                continue;
            Dictionary<long, DescriptorUse>? uses = _open.GetValueOrDefault(owner.Fds);
            foreach ((long number, FdInfo info) in owner.Fds.All)
            {
                DescriptorUse? use = null;
                if (uses?.TryGetValue(number, out use) == true && Follow(use!, info))
                    uses.Remove(number);
                else
                    use = null;
                Add(rows, owner.Identity, number, info, use?.Totals ?? default);
            }
        }

        if (_query.IncludeClosed)
        {
            foreach (FdTable table in _open.Keys.ToArray())
                CloseAll(table);
            foreach (DescriptorUse use in _closed.Values)
                Add(rows, use.Owner.Identity, null, use.Info, in use.Totals);
        }

        return
        [
            .. rows.OrderBy(static r => r.Owner.Pid).ThenBy(static r => r.Owner.Tid)
                .ThenBy(static r => r.Fd ?? long.MaxValue).ThenBy(static r => r.Name, StringComparer.Ordinal),
        ];
    }

    // A file of several captures has a list of descriptors in each: what is in the next one as well goes on.
    private void JoinSections()
    {
        foreach ((FdTable table, Dictionary<long, DescriptorUse> uses) in _open.ToArray())
        {
            if (uses.Values.FirstOrDefault()?.Owner is not { } owner || _state.Threads.Find(owner.Tid) is not { } same)
                continue;
            if (same == owner || same.Identity.Name != owner.Identity.Name || same.Pid != owner.Pid)
                continue;
            foreach ((long number, DescriptorUse use) in uses.ToArray())
            {
                if (same.Fds[number] is not { } now || !Follow(use, now))
                    continue;
                UseOf(same, number, now).Totals.Add(in use.Totals);
                uses.Remove(number);
            }
        }
    }

    private static bool IsOpening(StateRule rule) =>
        rule is StateRule.Open or StateRule.OpenAt or StateRule.OldOpenAt or StateRule.OpenByHandle or StateRule.Socket or StateRule.Accept
            or (>= StateRule.NewEvent and <= StateRule.NewFdOfOther);

    private static void Count(ref DescriptorTotals totals, scoped in EventOutcome outcome)
    {
        totals.Calls++;
        if (outcome.Result < 0)
            totals.Errors++;
        if (outcome.Latency > 0)
            totals.Time += outcome.Latency;
    }

    private static TracedThread OwnerOf(TracedThread thread) => thread.Fds == thread.Main.Fds ? thread.Main : thread;

    private bool IsWanted(FdInfo fd) => _kinds == 0 || (_kinds & (1u << (int)fd.Kind)) != 0;

    private DescriptorUse UseOf(TracedThread thread, long number, FdInfo fd)
    {
        if (thread.Fds != _lastTable)
        {
            _lastTable = thread.Fds;
            if (!_open.TryGetValue(thread.Fds, out _last))
                _open.Add(thread.Fds, _last = []);
        }

        if (_last!.TryGetValue(number, out DescriptorUse? use))
        {
            if (Follow(use, fd))
                return use;
            Close(thread.Fds, number);
        }

        use = new DescriptorUse(OwnerOf(thread), fd);
        _last.Add(number, use);
        return use;
    }

    // Whether it is still the same descriptor: a socket gets its address after it was made, and one of datagrams can be another peer's next.
    private static bool Follow(DescriptorUse use, FdInfo now)
    {
        FdInfo before = use.Info;
        if (before != now && (before.NameId != now.NameId || before.Kind != now.Kind) && (before.IsNamed || !before.Kind.IsSocket() || !now.Kind.IsSocket()))
            return false;
        use.Info = now;
        return true;
    }

    private void Close(FdTable table, long number)
    {
        if (_open.TryGetValue(table, out Dictionary<long, DescriptorUse>? uses) && uses.Remove(number, out DescriptorUse? use))
            Keep(use);
    }

    // The kernel closes what a process leaves open when its last thread ends.
    private void CloseAll(TracedThread thread)
    {
        if (OwnerOf(thread) is { IsGone: true } owner)
            CloseAll(owner.Fds);
    }

    private void CloseAll(FdTable table)
    {
        if (!_open.Remove(table, out Dictionary<long, DescriptorUse>? uses))
            return;
        _lastTable = null;
        foreach (DescriptorUse use in uses.Values)
            Keep(use);
    }

    private void Keep(DescriptorUse use)
    {
        if (!_query.IncludeClosed || !_query.Wants(use.Owner.Identity))
            return;
        ClosedName name = new(use.Owner, use.Info.NameId, use.Info.Kind);
        if (_closed.TryGetValue(name, out DescriptorUse? sum))
            sum.Totals.Add(in use.Totals);
        else
            _closed.Add(name, use);
    }

    private void Add(List<DescriptorRow> rows, ThreadIdentity owner, long? number, FdInfo info, in DescriptorTotals totals)
    {
        if (!IsWanted(info) || !_query.Wants(owner))
            return;
        DescriptorRow row = new()
        {
            Owner = owner,
            Fd = number,
            Info = info,
            Name = info.NameText,
            User = _state.Users.Label(owner.Details.Uid),
            Container = _state.ContainerOf(owner),
            Totals = totals,
        };
        if (_query.Wants(row))
            rows.Add(row);
    }

    private readonly record struct ClosedName(TracedThread Owner, int Name, FdKind Kind);
}
