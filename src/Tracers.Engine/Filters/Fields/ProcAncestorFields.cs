using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>What a process comes from.</summary>
internal static class ProcAncestorFields
{
    public static FieldInfo[] All { get; } =
    [
        new("proc.apid", FieldType.Number, "Process id of an ancestor: [0] the process itself, [1] its parent, and so on; none when there is no such ancestor. Without a number, in filters only: of any ancestor.", static reference => new FieldReader
        {
            Type = FieldType.Number,
            Number = reference.Index is null ? null : AncestorPid(CheckIndex(reference)),
            EachNumber = reference.Index is not null ? null : static (scoped in EventContext c, ref FieldCursor cursor, out long value) =>
            {
                TracedThread? ancestor = Next(in c, ref cursor);
                value = ancestor?.Pid ?? 0;
                return ancestor is not null;
            },
        })
        {
            Argument = FieldArgument.OptionalIndex,
            Example = "proc.apid[2] = 1",
        },
        new("proc.aname", FieldType.Text, "Name of an ancestor: [0] the process's own, [1] its parent's, and so on; none when there is no such ancestor. Without a number, in filters only: of any ancestor.", static reference => new FieldReader
        {
            Type = FieldType.Text,
            Text = reference.Index is null ? null : AncestorName(CheckIndex(reference)),
            EachText = reference.Index is not null ? null : static (scoped in EventContext c, ref FieldCursor cursor, out ReadOnlySpan<byte> value) =>
            {
                TracedThread? ancestor = Next(in c, ref cursor);
                while (ancestor is not null && !ProcFields.IsKnown(ancestor))
                    ancestor = Next(in c, ref cursor);
                return ProcFields.NameOf(c.Pass.State, ancestor, out value);
            },
        })
        {
            Argument = FieldArgument.OptionalIndex,
            Example = "proc.aname = sshd",
        },
        NewField.Number("proc.loginshellid", "Process id of the eldest shell (a name that ends in sh) among the process and its ancestors; none when there is none.", "proc.loginshellid = 1234", static (scoped in EventContext c, out long value) =>
        {
            FieldCursor cursor = default;
            value = -1;
            for (TracedThread? at = ProcFields.KnownMain(in c); at is not null; at = Next(in c, ref cursor))
            {
                if (ProcFields.NameOf(c.Pass.State, at, out ReadOnlySpan<byte> name) && name.EndsWith("sh"u8))
                    value = at.Pid;
            }

            return value != -1;
        }, type: FieldType.Number),
        NewField.Number("proc.sid", "Session id: mostly the process id of a login shell or a service.", "proc.sid = 1234", static (scoped in EventContext c, out long value) =>
            (value = c.Thread.Identity.Details.SessionId) != -1, type: FieldType.Number),
        NewField.Text("proc.sname", "Name of the session's leader: of the process whose id is proc.sid, or when that is gone of the eldest ancestor in the session.", "proc.sname = bash", static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            ProcFields.NameOf(c.Pass.State, SessionLeader(in c), out value)),
    ];

    private static int CheckIndex(FieldReference reference) =>
        reference.Index is >= 0 and int index ? index : throw reference.Wrong($"{reference.Field.Name} counts from 0, the process itself.");

    private static FieldReader.NumberOf AncestorPid(int index) => (scoped in EventContext c, out long value) =>
    {
        TracedThread? ancestor = Ancestor(in c, index);
        value = ancestor?.Pid ?? 0;
        return ancestor is not null;
    };

    private static FieldReader.TextOf AncestorName(int index) => (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        ProcFields.NameOf(c.Pass.State, Ancestor(in c, index), out value);

    // No process has so many ancestors; in a damaged list they can go round.
    private static TracedThread? Ancestor(scoped in EventContext c, int index)
    {
        TracedThread? at = index > ScapLimits.Ancestors ? null : ProcFields.KnownMain(in c);
        for (; index > 0 && at is not null; index--)
            at = c.Pass.State.ParentOf(at);
        return at;
    }

    // The ancestors from the parent on; a damaged list can let them go round.
    private static TracedThread? Next(scoped in EventContext c, ref FieldCursor cursor)
    {
        TracedThread? from = cursor.Count == 0 ? ProcFields.KnownMain(in c) : (TracedThread?)cursor.At;
        TracedThread? next = from is null || cursor.Count++ == ScapLimits.Ancestors ? null : c.Pass.State.ParentOf(from);
        cursor.At = next;
        return next;
    }

    private static TracedThread? SessionLeader(scoped in EventContext c)
    {
        if (c.Thread.Identity.Details.SessionId is not (>= 0 and <= int.MaxValue and var session))
            return null;
        if (c.Pass.State.Threads.Find((int)session) is { } leader)
            return leader;

        TracedThread? eldest = ProcFields.KnownMain(in c);
        session = eldest?.Identity.Details.SessionId ?? -1;
        TracedThread? ancestor = eldest is null ? null : c.Pass.State.ParentOf(eldest);
        for (int i = 0; ancestor is not null && ancestor.Identity.Details.SessionId == session && i < ScapLimits.Ancestors; i++, ancestor = c.Pass.State.ParentOf(ancestor))
            eldest = ancestor;
        return eldest;
    }
}
