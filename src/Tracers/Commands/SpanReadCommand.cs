using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>A command that reads captures, or of captures only what lies in spans from the pipeline.</summary>
/// <remarks>
/// Spans are collected until the pipeline ends; then each capture that they were read from is read once, however many there are. A subclass
/// gives <see cref="Selection"/> to the engine in <see cref="CaptureFileCommand.ProcessCapture"/>.
/// </remarks>
public abstract class SpanReadCommand : FilteredReadCommand
{
    private readonly OrderedDictionary<string, List<SpanRecord>> _spans = new(StringComparer.Ordinal);
    private long _orphans;

    /// <summary>Only what lies in these spans, as <c>Get-TracerSpan</c> gave them; the captures that they were read from are read again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpanSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public override TracerSpan[]? Span { get; set; }

    // Arrays of one: then Tab asks the completer, which has a word about each.
    /// <summary>What lies in a span.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanScopeCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public SpanScope?[] Scope { get; set; } = [SpanScope.Thread];

    /// <summary>Whether what lies in spans inside of the given ones belongs to them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanNestingCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public SpanNesting?[] Nesting { get; set; } = [SpanNesting.Any];

    /// <summary>What <see cref="Scope"/> says.</summary>
    private protected SpanScope SelectedScope => Scope[0] ?? SpanScope.Thread;

    /// <summary>The spans of the capture that is read; null when all of it is wanted.</summary>
    private protected SpanSelection? Selection { get; private set; }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (Span is null)
        {
            if (ParameterWithoutSpans() is { } parameter)
                ThrowTerminatingError(TracerErrors.NoSpans(parameter, MyInvocation.MyCommand.Name));
            base.OnInput();
            return;
        }

        foreach (TracerSpan span in Span)
            Collect(span);
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_orphans > 0)
        {
            WriteWarning($"{_orphans} of the spans are orphans: where they began is not in the capture, so that it cannot be said what lies in them. They are left out.");
        }

        foreach ((string path, List<SpanRecord> spans) in _spans)
        {
            StopToken.ThrowIfCancellationRequested();
            if (ProblemOfSpans(path) is { } problem)
            {
                WriteError(problem);
                continue;
            }

            Selection = new SpanSelection(spans, SelectedScope, Nesting[0] ?? SpanNesting.Any);
            WriteVerbose($"'{path}': reading what lies in {Selection.Count} spans.");
            ReadCapture(path);
        }
    }

    /// <summary>The name of a parameter that was given and means nothing without spans; null for none.</summary>
    private protected virtual string? ParameterWithoutSpans() => IsGiven(nameof(Scope)) ? nameof(Scope) : IsGiven(nameof(Nesting)) ? nameof(Nesting) : null;

    /// <summary>Whether a parameter stands on the line.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void Collect(TracerSpan span)
    {
        if (span.State == SpanState.Orphan)
        {
            _orphans++;
            return;
        }

        if (!_spans.TryGetValue(span.Path, out List<SpanRecord>? spans))
            _spans.Add(span.Path, spans = []);
        spans.Add(span.Record);
    }
}
