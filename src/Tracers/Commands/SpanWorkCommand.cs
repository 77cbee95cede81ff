using System.Management.Automation;
using Tracers.Engine.Analysis;

namespace Tracers.Commands;

/// <summary>A command that reads spans of captures, if asked to with what was done in them.</summary>
public abstract class SpanWorkCommand : SpanSelectionCommand
{
    /// <summary>Adds what was done in the spans: calls, bytes, errors, and what its time went into.</summary>
    [Parameter]
    public SwitchParameter IO { get; set; }

    /// <inheritdoc/>
    private protected override SpanQuery Query() => base.Query() with { WithWork = IO };
}
