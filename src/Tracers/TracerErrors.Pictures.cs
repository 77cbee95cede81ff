using System.Management.Automation;
using Tracers.Engine.Scap;

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

    /// <summary>A picture to choose in was asked for, and nobody could see it or press a key.</summary>
    public static ErrorRecord NotATerminal(string why) => new(
        new InvalidOperationException($"-Interactive needs a terminal to draw on and to read keys from: {why}. Leave -Interactive out for the picture alone, or choose cells with -PassThru: Show-TracerSpectrogram -PassThru | Where-Object {{ $_.Low -gt '100ms' }} | ForEach-Object Spans."),
        nameof(NotATerminal),
        ErrorCategory.InvalidOperation,
        null);

    /// <summary>Two answers at once.</summary>
    public static ErrorRecord CellsOrChoice() => new(
        new ArgumentException("-PassThru gives cells, and -Interactive the spans that one chooses: give one of the two."),
        nameof(CellsOrChoice),
        ErrorCategory.InvalidArgument,
        "PassThru");

    /// <summary>What is chosen in a picture of calls is read again, and standard input cannot be.</summary>
    public static ErrorRecord CallsOfStandardInput() => new(
        new InvalidOperationException("The chosen calls are read from the capture again, and what came through standard input is gone. Store the capture in a file, and show that."),
        nameof(CallsOfStandardInput),
        ErrorCategory.InvalidOperation,
        StandardInput.Path);

    /// <summary>What belongs to spans matters only where calls are shown.</summary>
    public static ErrorRecord CallsInSpansOnly(string parameter) => new(
        new ArgumentException($"-{parameter} says which system calls belong to a span, and spans themselves are shown. Add -Metric Latency, or leave it out."),
        nameof(CallsInSpansOnly),
        ErrorCategory.InvalidArgument,
        parameter);
}
