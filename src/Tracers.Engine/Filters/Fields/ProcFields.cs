using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The process that an event belongs to.</summary>
internal static class ProcFields
{
    public static FieldInfo[] All { get; } =
    [
        new("proc.name", FieldType.Text, "Name (comm) of the thread.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            Identity = static (scoped in EventContext c, out long value) => (value = c.Thread.Identity.NameId) >= 0,
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                ThreadIdentity thread = c.Thread.Identity;
                value = thread.NameId >= 0 ? c.Pass.State.ProcessNames.Bytes(thread.NameId) : default;
                return thread.NameId >= 0;
            },
        })
        {
            Example = "proc.name = python",
        },
    ];
}
