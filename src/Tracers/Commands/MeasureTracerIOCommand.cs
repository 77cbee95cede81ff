using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Sums the reads and writes of a capture by span, descriptor, process, user, container or system call.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TracerIO", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerIO))]
public sealed class MeasureTracerIOCommand : RowMeasureCommand
{
    private IoQuery _query = null!;
    private IoAccounting _accounting = null!;

    /// <summary>Sums by the tags of spans where nothing else is said.</summary>
    public MeasureTracerIOCommand() => By = [nameof(IoKey.SpanTag)];

    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[]? Path { get; set; }

    /// <summary>Events from the pipeline: what <c>Get-TracerEvent</c> gave and <c>Where-Object</c> left.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public override TracerEvent? InputObject { get; set; }

    /// <summary>Only descriptors of these types: <c>file</c>, <c>ipv4</c>, <c>ipv6</c>, <c>pipe</c>, <c>unix</c>, ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FdTypeCompleter))]
    [KnownFdType]
    public string[] FdType { get; set; } = [];

    /// <summary>Only I/O inside spans with these tags, at any depth: the joined tags or one of them, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>Only bytes that came in or only bytes that went out.</summary>
    [Parameter]
    public IoDirection Direction { get; set; } = IoDirection.Both;

    /// <summary>Also a row for I/O that lies in no span; its span keys are null.</summary>
    [Parameter]
    public SwitchParameter IncludeUnattributed { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _query = new IoQuery
        {
            Keys = Keys,
            Filter = EventFilter,
            FdKinds = KnownFdTypeAttribute.Parse(FdType),
            Tag = Wildcards.AnyTag(Tag),
            Scope = SelectedScope,
            Direction = Direction,
            IncludeUnattributed = IncludeUnattributed,
        };
        _accounting = new IoAccounting(_query);
    }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (InputObject is not null)
        {
            RefuseFilterOfInput();
            if (SelectedScope != SpanScope.Thread)
                ThrowTerminatingError(TracerErrors.ScopeOfEvents(SelectedScope));
            if (ParameterWithoutSpans() is { } parameter)
                ThrowTerminatingError(TracerErrors.NoSpans(parameter, MyInvocation.MyCommand.Name));
            if (Keys.FirstOrDefault(static k => !k.IsKnownToRecords) is { } unknown)
                ThrowTerminatingError(TracerErrors.KeyOfEvents(MyInvocation.MyCommand.Name, unknown));
            _accounting.Add(InputObject.Record);
        }
        else if (!NamesNoCapture)
        {
            base.OnInput();
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (!ReadSessionCaptureIfNoneIsNamed())
            return;

        base.OnEnd();
        foreach (IoRow row in _accounting.Top(Top))
        {
            object?[] keys = ValuesOf(row.Keys);
            WriteObject(WithKeys(new TracerIO(keys, row.Totals), keys));
        }

        if (_accounting.Unattributed is { Calls: > 0 } left)
            WriteVerbose($"{left.Calls} calls with {left.Bytes} bytes lie in no span and are in no row; -IncludeUnattributed shows them.");
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path) => Read(path, keepArguments: false, file => file.MeasureIo(_accounting, Selection));
}
