using System.Management.Automation;
using Tracers.Engine.Filters;

namespace Tracers;

/// <content>What goes wrong with comparisons.</content>
internal static partial class TracerErrors
{
    // A message is read on one screen; the objects have all.
    private const int MostNamed = 5;

    /// <summary>A text that is no condition. The message has lines of its own: the text, and a caret under the place.</summary>
    public static ErrorRecord ConditionNotValid(string text, FilterSyntaxException reason, InvocationInfo call) => new(
        new FormatException(reason.Message, reason),
        nameof(ConditionNotValid),
        ErrorCategory.InvalidArgument,
        text)
    {
        ErrorDetails = string.IsNullOrEmpty(call.ScriptName) ? null : new ErrorDetails(reason.OneLine),
    };

    /// <summary>Conditions hold that must not.</summary>
    /// <param name="broken">The rows in which they do, each with its keys.</param>
    /// <param name="rows">How many rows were compared.</param>
    public static ErrorRecord ComparisonFailed(IReadOnlyList<TracerComparison> broken, int rows)
    {
        string named = string.Join("; ", broken.Take(MostNamed).Select(static b => $"{b.ToText("Keys")}: {string.Join(", ", b.Failed)}"));
        string more = broken.Count > MostNamed ? $"; and {broken.Count - MostNamed} more" : "";
        return new ErrorRecord(
            new InvalidOperationException(
                $"The difference breaks -FailOn in {broken.Count} of {Views.Count(rows, "row")}: {named}{more}. The rows were written; their Failed says the same of each."),
            nameof(ComparisonFailed),
            ErrorCategory.LimitsExceeded,
            broken);
    }
}
