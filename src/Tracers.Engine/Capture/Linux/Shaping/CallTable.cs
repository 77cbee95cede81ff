using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Capture.Linux;

/// <summary>What the probe does with every system call, and what becomes of its records: both from calls.txt.</summary>
internal sealed class CallTable
{
    private const int NearNames = 5;

    private readonly EventShape?[] _enter = new EventShape?[CallRow.Count];
    private readonly EventShape?[] _exit = new EventShape?[CallRow.Count];
    private readonly ValueLists _values = new();

    private CallTable()
    {
    }

    /// <summary>The rows for the probe, by number; 32-bit callers' from <see cref="CallRow.FirstCompat"/> on.</summary>
    public CallRow[] Rows { get; } = new CallRow[CallRow.Count];

    /// <summary>Shapes of enter events by number; null: no such event.</summary>
    public ReadOnlySpan<EventShape?> Enter => _enter;

    /// <summary>Shapes of exit events by number.</summary>
    public ReadOnlySpan<EventShape?> Exit => _exit;

    /// <summary>The lists of values by the number that ops have for them.</summary>
    public LinuxValues[] Values { get; private set; } = [];

    /// <summary>Makes the table of a capture.</summary>
    /// <param name="mode">How much of each call is recorded.</param>
    /// <param name="calls">
    /// Names of the calls to record, the kernel's or those of their events; empty: all. Calls that say what a descriptor or a process is are
    /// recorded in any case.
    /// </param>
    /// <exception cref="ArgumentException">A name that no call has; the message lists what is near.</exception>
    public static CallTable Load(CaptureMode mode, IReadOnlyList<string> calls)
    {
        CallTable table = new();
        Dictionary<string, CallText> texts = CallText.Load();
        HashSet<string> wanted = Resolve(calls, texts);
        for (int number = 0; number < CallRow.FirstCompat; number++)
        {
            table.Add(number, CallNumbers.Native[number], compat: false, mode, wanted, texts);
            table.Add(number, CallNumbers.Compat[number], compat: true, mode, wanted, texts);
        }

        table.Values = table._values.ToArray();
        return table;
    }

    private void Add(int number, string? name, bool compat, CaptureMode mode, HashSet<string> wanted, Dictionary<string, CallText> texts)
    {
        bool exitOnly = mode != CaptureMode.Full;
        CallText? text = name is null ? null : CallText.Find(texts, name, compat, exitOnly);

        // pwrite: what some runtimes call for every file that can be sought in, which /dev/null can.
        bool isWrite = name is "write" or "pwrite64";
        bool isRecorded = text is not null && SaysWhatThingsAre(text.EnterType)
            || (mode == CaptureMode.MarkersOnly ? isWrite : wanted.Count == 0 || (name is not null && wanted.Contains(name)));
        if (!isRecorded)
            return;

        text ??= Generic(number, name, classic: !exitOnly);
        int index = compat ? number + CallRow.FirstCompat : number;
        ref CallRow row = ref Rows[index];
        if (!exitOnly || text.KeepsEnter)
        {
            _enter[index] = ShapeCompiler.Compile(text.EnterType, text.Enter, _values, compat, out CallCopy[] copies);
            row.Flags |= CallFlags.Enter;
            row.EnterCopies = Fill(ref row.Enter, copies, name);
        }

        string[] parameters = exitOnly ? [.. text.Exit, .. Appended(text)] : text.Exit;
        EventShape exit = ShapeCompiler.Compile((ushort)(text.EnterType + 1), parameters, _values, compat, out CallCopy[] exitCopies);
        _exit[index] = exit;
        row.Flags |= CallFlags.Exit;
        row.ExitCopies = Fill(ref row.Exit, exitCopies, name);

        // Of a write also its descriptor has to be known when it ends: whether it is a marker's decides how the event is written.
        if (exit.NeedsArguments || isWrite)
            row.Flags |= CallFlags.ExitArguments;
        if (mode == CaptureMode.MarkersOnly && isWrite)
            row.Flags |= CallFlags.MarkersOnly;
    }

    // What was appended is written only if all before it is there.
    private static string[] Appended(CallText text) =>
        text.Exit.Length == EventTable.Infos[text.EnterType + 1].ListedParameters ? text.Appended : [];

    private static CallText Generic(int number, string? name, bool classic)
    {
        // The kernel's own number tells of what the format has none for, also when the call ends. It is x86-64's, whoever the caller is.
        int native64 = name is null ? -1 : CallNumbers.Native.IndexOf(name);
        string id = $"{(name is null ? 0 : GenericIds.Find(name, classic))}", native = $"{(native64 < 0 ? number : native64)}";
        return new CallText(0, KeepsEnter: false, [id, native], [id, native], []);
    }

    private static byte Fill(ref CallRow.Copies room, CallCopy[] copies, string? name)
    {
        if (copies.Length > CallRow.Copies.MaxCopies)
            throw new InvalidOperationException($"calls.txt: {name} needs {copies.Length} copies at one side; the probe makes {CallRow.Copies.MaxCopies}");
        for (int i = 0; i < copies.Length; i++)
            room[i] = copies[i];
        return (byte)copies.Length;
    }

    /// <summary>Whether a call says what a descriptor or a process is. What only moves bytes does not, though a datagram can tell an address.</summary>
    private static bool SaysWhatThingsAre(ushort enterType)
    {
        const EventTraits Changes = EventTraits.CreatesFd | EventTraits.DestroysFd;
        StateRule rule = StateRules.ByType[enterType + 1];
        return (EventTable.Infos[enterType + 1].Traits & Changes) != 0 || rule is not (StateRule.None or StateRule.Send or StateRule.ReceiveFrom
            or StateRule.ReceiveMessage or StateRule.Transfer or StateRule.Messages);
    }

    private static HashSet<string> Resolve(IReadOnlyList<string> calls, Dictionary<string, CallText> texts)
    {
        HashSet<string> wanted = [];
        if (calls.Count == 0)
            return wanted;

        // A user may write what a listing shows: the event's name, which several calls can have.
        Dictionary<string, List<string>> byName = new(StringComparer.OrdinalIgnoreCase);
        for (int number = 0; number < CallRow.FirstCompat; number++)
        {
            AddNames(CallNumbers.Native[number], compat: false);
            AddNames(CallNumbers.Compat[number], compat: true);
        }

        foreach (string call in calls)
        {
            if (!byName.TryGetValue(call, out List<string>? names))
                throw UnknownCall(call, byName.Keys);
            wanted.UnionWith(names);
        }

        return wanted;

        void AddNames(string? name, bool compat)
        {
            if (name is null)
                return;
            AddName(name, name);
            string shown = CallText.Find(texts, name, compat, exitOnly: false) is { } text ? EventTable.Infos[text.EnterType].Name
                : SyscallTable.Name(GenericIds.Find(name, classic: false)) is { } generic && generic[0] != '<' ? generic : name;
            if (shown != name)
                AddName(shown, name);
        }

        void AddName(string shown, string name)
        {
            if (!byName.TryGetValue(shown, out List<string>? names))
                byName.Add(shown, names = []);
            names.Add(name);
        }
    }

    private static ArgumentException UnknownCall(string call, IEnumerable<string> known)
    {
        IEnumerable<string> near = known
            .Select(name => (Name: name, Distance: Distance(call, name)))
            .Where(n => n.Distance <= Math.Max(2, call.Length / 3) || (call.Length > 2 && n.Name.Contains(call, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Take(NearNames).Select(n => n.Name);
        string list = string.Join(", ", near);
        string hint = list.Length == 0 ? "Names are those of the kernel's system calls, such as openat or epoll_wait." : $"Did you mean one of: {list}?";
        return new ArgumentException($"There is no system call '{call}'. {hint}");
    }

    // Letters to change, add or take away.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
