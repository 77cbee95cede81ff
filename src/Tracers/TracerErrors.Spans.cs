using System.Management.Automation;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;

namespace Tracers;

/// <content>What goes wrong between a span and the capture that it was read from.</content>
internal static partial class TracerErrors
{
    private const string ReadSpansAgain = "Read the spans again with Get-TracerSpan.";

    /// <summary>The capture that spans were read from is not there any more.</summary>
    public static ErrorRecord CaptureOfSpansGone(string path) => new(
        new ItemNotFoundException($"'{path}', from which the spans were read, is not there any more, and what lies in them is only there. Put it back, or read the spans of the file where it is now: Get-TracerSpan -LiteralPath <file>."),
        nameof(CaptureOfSpansGone),
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>The capture that spans were read from is another one by now.</summary>
    public static ErrorRecord CaptureChanged(string path, CaptureChangedException reason) => new(
        new InvalidDataException($"'{path}' has changed since the spans were read: {reason.Message}. {ReadSpansAgain}", reason),
        nameof(CaptureChanged),
        ErrorCategory.InvalidData,
        path);

    /// <summary>Spans came through standard input, which cannot be read twice.</summary>
    public static ErrorRecord SpansOfStandardInput() => new(
        new InvalidOperationException("The spans were read from standard input, and what came through it is gone. Store the capture in a file, and read the spans from that."),
        nameof(SpansOfStandardInput),
        ErrorCategory.InvalidOperation,
        StandardInput.Path);

    /// <summary>A parameter that says what belongs to spans was given, and no spans.</summary>
    public static ErrorRecord NoSpans(string parameter, string command) => new(
        new ArgumentException($"-{parameter} says what belongs to a span, and no spans were given. Pipe some: Get-TracerSpan -Path <file> | {command} -{parameter} ..., or leave it out."),
        nameof(NoSpans),
        ErrorCategory.InvalidArgument,
        parameter);

    /// <summary>Events know the spans that their threads were in, and no others.</summary>
    public static ErrorRecord ScopeOfEvents(SpanScope scope) => new(
        new ArgumentException($"Events from the pipeline know the spans of their own threads alone, not those of -Scope {scope}. Give Measure-TracerIO the capture or the spans: Get-TracerSpan -Path <file> | Measure-TracerIO -Scope {scope}."),
        nameof(ScopeOfEvents),
        ErrorCategory.InvalidArgument,
        scope);
}
