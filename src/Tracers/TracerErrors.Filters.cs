using System.Management.Automation;
using System.Text.RegularExpressions;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;

namespace Tracers;

/// <content>What goes wrong with filters, fields and keys.</content>
internal static partial class TracerErrors
{
    private const string FilterHelp = "Get-TracerField lists the fields, Get-Help about_TracerFilters tells how they are compared.";

    // The category is not ParserError, whose messages PowerShell makes one line of.
    /// <summary>A text that is no filter. The message has lines of its own: the text, and a caret under the place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="call">The command's call. Of an error in a script file PowerShell shows all lines as one, where a caret is under nothing.</param>
    public static ErrorRecord FilterNotValid(string text, FilterSyntaxException reason, InvocationInfo call) => new(
        new FormatException($"{reason.Message}\n{FilterHelp}", reason),
        nameof(FilterNotValid),
        ErrorCategory.InvalidArgument,
        text)
    {
        ErrorDetails = string.IsNullOrEmpty(call.ScriptName) ? null : new ErrorDetails($"{reason.OneLine}. {FilterHelp}"),
    };

    /// <summary>A regular expression of a filter takes too long for one text.</summary>
    public static ErrorRecord ExpressionTooSlow(string path, RegexMatchTimeoutException reason) => new(
        new TimeoutException($"The regular expression '{reason.Pattern}' took more than {reason.MatchTimeout.TotalSeconds} s for one text of '{path}'. Make it simpler, with fewer repetitions; contains, startswith and glob take no time.", reason),
        nameof(ExpressionTooSlow),
        ErrorCategory.OperationTimeout,
        path);

    /// <summary>Objects from the pipeline were to be filtered, and the filter asks things that they do not know.</summary>
    public static ErrorRecord FilterOfInput(string command, string text) => new(
        new ArgumentException($"-Filter is asked while a capture is read, and what came from the pipeline was read before. Select from that with Where-Object, or give {command} the capture: {command} -Path <file> -Filter {Quoted(text)}."),
        nameof(FilterOfInput),
        ErrorCategory.InvalidArgument,
        text);

    /// <summary>A key or a property that is neither a short name nor a field.</summary>
    public static ErrorRecord FieldNotValid(string text, FilterSyntaxException reason) => new(
        new ArgumentException($"{reason.Message} Get-TracerField lists the fields.", reason),
        nameof(FieldNotValid),
        ErrorCategory.InvalidArgument,
        text);

    /// <summary>Events from the pipeline were to be summed by a field that needs the capture.</summary>
    public static ErrorRecord KeyOfEvents(string command, RowKey key)
    {
        string parameter = key.Interval > 0 ? "-Interval" : $"-By {key.Name}";
        return new ErrorRecord(
            new ArgumentException($"{parameter} is only known while a capture is read, and events from the pipeline were read before. Sum them by short names such as ProcessName or FdName, or give {command} the capture: {command} -Path <file> {parameter} ..."),
            nameof(KeyOfEvents),
            ErrorCategory.InvalidArgument,
            key.Name);
    }

    /// <summary>An interval of no length.</summary>
    public static ErrorRecord IntervalNotPositive(Duration interval) => new(
        new ArgumentException($"An interval of {interval} holds nothing. Give -Interval a length such as 1s."),
        nameof(IntervalNotPositive),
        ErrorCategory.InvalidArgument,
        interval);

    /// <summary>Fields were asked for, and lines of text.</summary>
    public static ErrorRecord PropertyOfText() => new(
        new ArgumentException("-Property gives objects and -AsText lines of text. Leave one of them out."),
        nameof(PropertyOfText),
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A field that does not exist.</summary>
    public static ErrorRecord FieldNotFound(string name, string? nearest) => new(
        new ItemNotFoundException(nearest is null
            ? $"There is no field '{name}'. Get-TracerField without a name lists them all; with wildcards some: Get-TracerField *name*."
            : $"There is no field '{name}'. Did you mean {nearest}? Get-TracerField without a name lists them all."),
        nameof(FieldNotFound),
        ErrorCategory.ObjectNotFound,
        name);
}
