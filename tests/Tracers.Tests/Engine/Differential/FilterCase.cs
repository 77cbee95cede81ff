using Tracers.Engine.Events;

namespace Tracers.Tests.Engine.Differential;

/// <summary>What one filter accepts of one capture, here and in sysdig.</summary>
/// <param name="Capture">The capture's name.</param>
/// <param name="Filter">The filter.</param>
/// <param name="Field">The field that it was made for.</param>
/// <param name="OnlySysdig">Events that only sysdig accepts, with the numbers of their types.</param>
/// <param name="OnlyHere">Events that only this project accepts.</param>
internal sealed record FilterCase(string Capture, string Filter, string Field, (long Number, int Type)[] OnlySysdig, (long Number, int Type)[] OnlyHere)
{
    /// <summary>Whether something is true of all events that differ.</summary>
    public bool All(Func<long, EventInfo, bool> test) => OnlySysdig.Concat(OnlyHere).All(e => test(e.Number, EventTable.Infos[e.Type]));

    public override string ToString() => $"{Capture}: {Filter}\n    only sysdig: {Text(OnlySysdig)}\n    only here: {Text(OnlyHere)}";

    private static string Text((long Number, int Type)[] events) =>
        string.Join(' ', events.Take(8).Select(e => $"{e.Number}{((e.Type & 1) != 0 ? '<' : '>')}{EventTable.Infos[e.Type].Name}")) + (events.Length > 8 ? $" and {events.Length - 8} more" : "");
}
