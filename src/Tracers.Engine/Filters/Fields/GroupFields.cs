using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The group that a thread acts as.</summary>
internal static class GroupFields
{
    public static FieldInfo[] All { get; } =
    [
        NewField.Number("group.gid", "Number of the effective group; none where it is not known.", "group.gid = 0", static (scoped in EventContext c, out long value) =>
        {
            value = c.Thread.Identity.Details.Gid;
            return value != ThreadDetails.NoId;
        }),
        NewField.Text(
            "group.name",
            "Name of the effective group; none where the capture does not tell it.",
            "group.name = docker",
            static (scoped in EventContext c, out ReadOnlySpan<byte> value) => c.Pass.State.Groups.TryGet(c.Thread.Identity.Details.Gid, out value, out _),
            identity: static (scoped in EventContext c, out long value) =>
            {
                bool known = c.Pass.State.Groups.TryGet(c.Thread.Identity.Details.Gid, out _, out int number);
                value = number;
                return known;
            }),
    ];
}
