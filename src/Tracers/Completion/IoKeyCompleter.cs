using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers what I/O can be summed by.</summary>
public sealed class IoKeyCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices = [.. Enum.GetNames<IoKey>().Select(static name => new Choice(name, Describe(name)))];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;

    private static string Describe(string key) => key switch
    {
        "SpanTag" => "All tags of the innermost span, joined with dots.",
        "SpanRoot" => "The first tag of the innermost span.",
        "SpanId" => "The id of the innermost span.",
        "FdName" => "The path of a file or the addresses of a connection.",
        "FdType" => "file, ipv4, pipe, ...",
        "FdDirectory" => "The folder of a file.",
        "Process" or "ProcessName" => "The name (comm) of the thread.",
        "ProcessId" => "The id of the process.",
        "ThreadId" => "The id of the thread.",
        "User" => "The user that the thread runs as.",
        "Container" => "The container that the thread runs in.",
        "Syscall" => "The name of the system call.",
        "Port" => "The port of the server's end of a connection.",
        _ => key,
    };
}
