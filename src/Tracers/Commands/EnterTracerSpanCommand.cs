using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>Begins a span that Exit-TracerSpan ends.</summary>
[Cmdlet(VerbsCommon.Enter, "TracerSpan")]
[OutputType(typeof(void))]
public sealed class EnterTracerSpanCommand : BeginSpanCommand
{
    /// <inheritdoc/>
    protected override void OnEnd() => SessionSpans.Current.Enter(Tag, BeginSpan());
}
