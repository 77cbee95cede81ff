using System.Collections;
using System.Management.Automation;
using Tracers.Marks;

namespace Tracers.Commands;

/// <summary>A command that begins a span of the session's thread.</summary>
public abstract class BeginSpanCommand : CancellableCommand
{
    /// <summary>What the section is called; a dot separates tags.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Tag { get; set; } = "";

    /// <summary>Names and values to note at the beginning.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Argument { get; set; }

    // Commands run on the thread of their pipeline, and so does what the span is to hold.
    private protected MarkedSpan BeginSpan()
    {
        MarkedSpan span = Tracer.Start(Tag, SpanArguments.Of(Argument));
        if (!span.IsOpen)
            WriteVerbose($"The span '{Tag}' is not marked: markers need Linux with /dev/null, a tag, and fewer than 64 spans around.");
        return span;
    }
}
