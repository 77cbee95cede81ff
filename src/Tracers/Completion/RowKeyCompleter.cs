using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers what rows can stand for: the short names, then the fields that calls have.</summary>
public sealed class RowKeyCompleter : ChoiceCompleter
{
    // What only markers have: no call has it.
    private const string MarkerClass = "span";

    // ProcessName is another name of Process.
    private static readonly Choice[] s_shortNames =
    [
        .. Enum.GetNames<IoKey>()
            .Where(static name => name != nameof(IoKey.ProcessName))
            .Select(static name => new Choice(name, Describe(name))),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) =>
        s_shortNames.Concat(FieldChoices.OfValues(static f => f.Class != MarkerClass));

    private static string Describe(string key) => key switch
    {
        nameof(IoKey.SpanTag) => "All tags of the innermost span, joined with dots.",
        nameof(IoKey.SpanRoot) => "The first tag of the innermost span.",
        nameof(IoKey.SpanId) => "The id of the innermost span.",
        nameof(IoKey.FdName) => "The path of a file or the addresses of a connection.",
        nameof(IoKey.FdType) => "file, ipv4, pipe, ...",
        nameof(IoKey.FdDirectory) => "The folder of a file.",
        nameof(IoKey.Process) => "The name (comm) of the thread.",
        nameof(IoKey.ProcessId) => "The id of the process.",
        nameof(IoKey.ThreadId) => "The id of the thread.",
        nameof(IoKey.User) => "The user that the thread runs as: the name, or the number.",
        nameof(IoKey.Container) => "The container that the thread runs in: the name or the id, or host.",
        nameof(IoKey.Syscall) => "The name of the system call.",
        nameof(IoKey.Port) => "The port of the server's end of a connection.",
        nameof(IoKey.ErrorName) => "The error with which the call failed, such as ENOENT.",
        nameof(IoKey.Category) => "The kind of the call: file, net, ipc, ...",
        _ => key,
    };
}
