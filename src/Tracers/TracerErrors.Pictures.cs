using System.Management.Automation;

namespace Tracers;

/// <content>What goes wrong with pictures.</content>
internal static partial class TracerErrors
{
    /// <summary>Spans came without what was done in them, and their bytes were asked for.</summary>
    public static ErrorRecord SpansWithoutIO(TracerSpan span) => new(
        new ArgumentException("The spans came without what was done in them, so their bytes are not known. Read them with it: Get-TracerSpan -IO | Show-TracerSpectrogram -Metric Bytes."),
        nameof(SpansWithoutIO),
        ErrorCategory.InvalidArgument,
        span);

    /// <summary>Tags are of spans, and calls were asked for.</summary>
    public static ErrorRecord TagOfCalls() => new(
        new ArgumentException("-Tag chooses spans, and -Metric Latency shows system calls. Choose the spans first, and their calls are shown: Get-TracerSpan -Tag ... | Show-TracerSpectrogram -Metric Latency."),
        nameof(TagOfCalls),
        ErrorCategory.InvalidArgument,
        "Tag");

    /// <summary>What belongs to spans matters only where calls are shown.</summary>
    public static ErrorRecord CallsInSpansOnly(string parameter) => new(
        new ArgumentException($"-{parameter} says which system calls belong to a span, and spans themselves are shown. Add -Metric Latency, or leave it out."),
        nameof(CallsInSpansOnly),
        ErrorCategory.InvalidArgument,
        parameter);
}
