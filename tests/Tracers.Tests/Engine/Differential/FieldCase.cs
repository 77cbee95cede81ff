using Tracers.Engine.Events;

namespace Tracers.Tests.Engine.Differential;

/// <summary>One field of one event, here and in sysdig.</summary>
/// <param name="Capture">The capture's name.</param>
/// <param name="Number">The event's number.</param>
/// <param name="Type">The number of its type.</param>
/// <param name="Field">The field.</param>
/// <param name="Sysdig">What sysdig prints.</param>
/// <param name="Ours">The same here.</param>
internal sealed record FieldCase(string Capture, long Number, int Type, string Field, string Sysdig, string Ours)
{
    /// <summary>Whether the capture says anything of the event's thread, as far as sysdig's <c>proc.name</c> was asked for.</summary>
    public bool IsOfKnownThread { get; init; } = true;

    public EventInfo Info => EventTable.Infos[Type];

    public bool IsExit => (Type & 1) != 0;

    public override string ToString() => $"{Capture} {Number} {(IsExit ? '<' : '>')} {Info.Name}({Type}) {Field}: sysdig '{Sysdig}', here '{Ours}'";
}
