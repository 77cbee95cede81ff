using System.Management.Automation;
using System.Text.RegularExpressions;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Runtimes;

namespace Tracers;

/// <summary>Every error that a command of this module writes: a stable id, a category, the target, and a message that says what to do next.</summary>
internal static partial class TracerErrors
{
    // A file whose very first block, the section header of 28 bytes, is wrong is something else and not a damaged capture.
    private const string SectionHeader = "section header";
    private const long SectionHeaderLength = 28;

    public static ErrorRecord CaptureNotFound(string path) => new(
        new ItemNotFoundException($"There is no file '{path}'. Check the spelling and the current folder."),
        nameof(CaptureNotFound),
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord NoFileMatches(string pattern) => new(
        new ItemNotFoundException($"No file matches '{pattern}'. Check the folder, or use -LiteralPath if the name itself has the characters [ ] * ?."),
        nameof(NoFileMatches),
        ErrorCategory.ObjectNotFound,
        pattern);

    public static ErrorRecord PathIsDirectory(string path) => new(
        new ArgumentException($"'{path}' is a folder. Name the capture files in it, such as '{System.IO.Path.Join(path, "*.scap")}'."),
        nameof(PathIsDirectory),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord NotAFileSystemPath(string path, string provider) => new(
        new ArgumentException($"'{path}' belongs to the provider {provider}, and captures are files. Give the path of a file."),
        nameof(NotAFileSystemPath),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord PathNotUsable(string path, Exception reason) => new(
        new ArgumentException($"'{path}' is not a usable path: {reason.Message} Give the path of a file.", reason),
        nameof(PathNotUsable),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord StandardInputIsTerminal() => new(
        new InvalidOperationException("Standard input is a terminal, and a capture is not typed. Pipe one into this process, or name a file (a file that is named - is './-')."),
        nameof(StandardInputIsTerminal),
        ErrorCategory.InvalidOperation,
        StandardInput.Path);

    public static ErrorRecord StandardInputUsedUp() => new(
        new InvalidOperationException("Standard input was read before, and what came through it is gone. Name '-' once in a process, or store the capture in a file and read that."),
        nameof(StandardInputUsedUp),
        ErrorCategory.InvalidOperation,
        StandardInput.Path);

    /// <summary>Standard input and pipes are gone after the first reading.</summary>
    /// <param name="path">Which it is.</param>
    /// <param name="why">What is read more than once, as a sentence without its end.</param>
    public static ErrorRecord CanBeReadOnlyOnce(string path, string why) => new(
        new InvalidOperationException($"{why}, and what comes through {(path == StandardInput.Path ? "standard input" : $"the pipe '{path}'")} is gone after the first time. Store the capture in a file, and give that."),
        nameof(CanBeReadOnlyOnce),
        ErrorCategory.InvalidOperation,
        path);

    public static ErrorRecord NotACapture(ScapFormatException reason) =>
        new(reason, nameof(NotACapture), ErrorCategory.InvalidData, reason.Path);

    public static ErrorRecord CaptureDamaged(ScapFormatException reason) =>
        new(reason, nameof(CaptureDamaged), ErrorCategory.InvalidData, reason.Path);

    public static ErrorRecord CaptureAccessDenied(string path, Exception reason) => new(
        new UnauthorizedAccessException($"'{path}' may not be read by this user: {reason.Message} Ask its owner for read permission, or copy it.", reason),
        nameof(CaptureUnreadable),
        ErrorCategory.PermissionDenied,
        path);

    public static ErrorRecord CaptureUnreadable(string path, Exception reason) => new(
        new IOException($"'{path}' could not be read: {reason.Message} Check the disk, or copy the file and read the copy.", reason),
        nameof(CaptureUnreadable),
        ErrorCategory.ReadError,
        path);

    /// <summary>A command that falls back on the last capture of the session has none to fall back on.</summary>
    public static ErrorRecord NoCapture(string command) => new(
        new InvalidOperationException($"No capture has been read in this session. Name one: {command} -Path <file>, or pipe to it what another command read."),
        nameof(NoCapture),
        ErrorCategory.InvalidOperation,
        null);

    /// <summary>An object that is no capture was piped to a command that reads captures.</summary>
    public static ErrorRecord NotACaptureObject(object target, string path, string command) => new(
        new ArgumentException($"{command} reads captures and not spans or events. Name the file: {command} -LiteralPath {Quoted(path)}, and say with its parameters what you want of it."),
        nameof(NotACaptureObject),
        ErrorCategory.InvalidArgument,
        target);

    /// <summary>A span is to be ended, and the session has begun none that is still open.</summary>
    /// <param name="tag">Its tag; null for any.</param>
    public static ErrorRecord NoOpenSpan(string? tag) => new(
        new InvalidOperationException(tag is null
            ? "No span is open that Enter-TracerSpan began in this session. Begin one first, or leave this Exit-TracerSpan out."
            : $"No span '{tag}' is open that Enter-TracerSpan began in this session. Give the tag as it was given there, in the same case, or leave it out to end the innermost span."),
        nameof(NoOpenSpan),
        ErrorCategory.InvalidOperation,
        tag);

    /// <summary>The error for what reading <paramref name="path"/> threw; null if that is not about the file, and then a bug that must not be hidden.</summary>
    public static ErrorRecord? FromReading(Exception exception, string path) => exception switch
    {
        ScapFormatException { Offset: < SectionHeaderLength } format when format.Field.StartsWith(SectionHeader, StringComparison.Ordinal) =>
            NotACapture(format),
        ScapFormatException format => CaptureDamaged(format),
        CaptureChangedException changed => CaptureChanged(path, changed),
        RegexMatchTimeoutException slow => ExpressionTooSlow(path, slow),
        UnauthorizedAccessException => CaptureAccessDenied(path, exception),
        FileNotFoundException missing when RuntimeLibrary.IsMissing(missing) => RuntimeLibraryMissing(missing),
        FileNotFoundException or DirectoryNotFoundException => CaptureNotFound(path),
        IOException => CaptureUnreadable(path, exception),
        _ => null,
    };

    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
