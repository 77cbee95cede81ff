using System.Management.Automation;
using Tracers.Binding;
using Tracers.Completion;
using Tracers.Engine.Filters;

namespace Tracers.Commands;

/// <summary>A command that reads captures and asks a filter of their events.</summary>
public abstract class FilteredReadCommand : CaptureReadCommand
{
    /// <summary>Only events of which this is true, in sysdig's language: <c>proc.name = web and evt.latency > 10ms</c>.</summary>
    [Parameter]
    [FilterText]
    [ArgumentCompleter(typeof(FilterCompleter))]
    [ValidateNotNull]
    public FilterExpression? Filter { get; set; }

    /// <summary>The filter; null for none.</summary>
    private protected CaptureFilter? EventFilter => Filter?.Compiled;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Filter is { Error: { } error })
            ThrowTerminatingError(TracerErrors.FilterNotValid(Filter.Text, error, MyInvocation));
    }

    /// <summary>What was read before cannot be filtered: what the filter may ask is known only while a capture is read.</summary>
    private protected void RefuseFilterOfInput()
    {
        if (Filter is not null)
            ThrowTerminatingError(TracerErrors.FilterOfInput(MyInvocation.MyCommand.Name, Filter.Text));
    }
}
