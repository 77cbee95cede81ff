using System.Globalization;
using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Whether a call failed, and with which error.</summary>
internal static class CallResults
{
    // The kernel's limit: an address that looks like a number from it to −1 is none.
    private const long LowestErrorOfAddress = -4095;

    // The lowest result that says that the call failed; 0 for exits that do not begin with what the call returned.
    private static readonly long[] s_lowestError = Array.ConvertAll(EventTable.Infos, static info => LowestError(info));

    /// <summary>Whether an event says that its call failed; a call that has not returned has not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Failed(scoped in EventView e, scoped in EventOutcome outcome) => outcome.Result < 0 && outcome.Result >= s_lowestError[e.Type];

    /// <summary>The number of the error, positive; false for a call that did not fail, or has not returned.</summary>
    public static bool TryError(scoped in EventView e, scoped in EventOutcome outcome, out long error)
    {
        error = -outcome.Result;
        return Failed(in e, in outcome);
    }

    /// <summary>The name of an error, or its number where it has no name.</summary>
    public static string NameOf(long error) => ErrnoNames.Name(error) ?? error.ToString(CultureInfo.InvariantCulture);

    private static long LowestError(EventInfo info) => (info.Number & 1, info.Parameters) switch
    {
        (0, _) or (_, not [{ Name: "res" or "fd" }, ..]) => 0,
        (_, [{ Type: ParameterType.UInt64 }, ..]) => LowestErrorOfAddress,
        _ => long.MinValue,
    };
}
