using System.Globalization;
using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>Whether a call failed, and with which error.</summary>
internal static class CallResults
{
    // Not every exit begins with what the call returned.
    private static readonly bool[] s_returnsResult = [.. EventTable.Infos.Select(static i => (i.Number & 1) != 0 && i.Parameters is [{ Name: "res" or "fd" }, ..])];

    /// <summary>The number of the error, positive; false for a call that did not fail, or has not returned.</summary>
    public static bool TryError(scoped in EventView e, scoped in EventOutcome outcome, out long error)
    {
        error = -outcome.Result;
        return error > 0 && s_returnsResult[e.Type];
    }

    /// <summary>The name of an error, or its number where it has no name.</summary>
    public static string NameOf(long error) => ErrnoNames.Name(error) ?? error.ToString(CultureInfo.InvariantCulture);
}
