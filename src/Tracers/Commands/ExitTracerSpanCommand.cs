using System.Collections;
using System.Management.Automation;
using Tracers.Marks;

namespace Tracers.Commands;

/// <summary>Ends a span that Enter-TracerSpan began, and those inside of it.</summary>
[Cmdlet(VerbsCommon.Exit, "TracerSpan")]
[OutputType(typeof(void))]
public sealed class ExitTracerSpanCommand : CancellableCommand
{
    /// <summary>The tag of the span to end; without it the innermost one ends.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Tag { get; set; }

    /// <summary>Names and values to note at the end.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Argument { get; set; }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (SessionSpans.Current.TryExit(Tag, out MarkedSpan span))
            span.End(new ListArguments(SpanArguments.Of(Argument)));
        else
            WriteError(TracerErrors.NoOpenSpan(Tag));
    }
}
