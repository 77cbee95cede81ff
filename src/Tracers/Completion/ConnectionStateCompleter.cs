using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis.Tables;

namespace Tracers.Completion;

/// <summary>Offers the states of sockets.</summary>
public sealed class ConnectionStateCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_choices =
    [
        new(nameof(ConnectionState.Listening), "Waits at an address of its own, for connections or for datagrams."),
        new(nameof(ConnectionState.Connected), "Has a peer."),
        new(nameof(ConnectionState.Unconnected), "Was made, and has neither an address nor a peer."),
        new(nameof(ConnectionState.Closed), "Was closed before the moment; a row for each process and name."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => s_choices;
}
