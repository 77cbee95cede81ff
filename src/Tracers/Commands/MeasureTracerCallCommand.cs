using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;

namespace Tracers.Commands;

/// <summary>Counts the system calls of a capture: how many, how many failed, how long they took.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TracerCall", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerCall))]
public sealed class MeasureTracerCallCommand : RowMeasureCommand
{
    private CallAccounting _accounting = null!;

    /// <summary>Counts by the names of the calls where nothing else is said.</summary>
    public MeasureTracerCallCommand() => By = [nameof(IoKey.Syscall)];

    // An array of one: then Tab asks the completer, which has a word about each.
    /// <summary>Which rows come first, and so which <c>-Top</c> keeps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CallOrderCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public CallOrder?[] OrderBy { get; set; } = [CallOrder.Time];

    /// <summary>Also a row for calls that lie in no span; its span keys are null.</summary>
    [Parameter]
    public SwitchParameter IncludeUnattributed { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _accounting = new CallAccounting(new CallQuery { Keys = Keys, Filter = EventFilter, Scope = SelectedScope, IncludeUnattributed = IncludeUnattributed, Order = OrderBy[0] ?? CallOrder.Time });
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path) => Read(path, keepArguments: false, file => file.MeasureCalls(_accounting, Selection));

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        base.OnEnd();
        foreach (CallRow row in _accounting.Top(Top))
        {
            object?[] keys = ValuesOf(row.Keys);
            WriteObject(WithKeys(new TracerCall(keys, row.Totals), keys));
        }

        if (_accounting.Unattributed is { Events: > 0 } left)
            WriteVerbose($"{left.Calls} calls lie in no span and are in no row; -IncludeUnattributed shows them.");
    }
}
