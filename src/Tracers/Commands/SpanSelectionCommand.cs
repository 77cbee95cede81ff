using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>A command that reads spans of captures, selected by what they are, how long they took, and how much of them is there.</summary>
public abstract class SpanSelectionCommand : FilteredReadCommand
{
    private Duration? _minDuration;

    /// <summary>Only spans with these tags: the joined tags or one of them, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>Only spans with these ids.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanIdCompleter))]
    [ValidateNotNullOrEmpty]
    public long[]? Id { get; set; }

    // Not nullable: PowerShell would convert the number that it made of the text, and 0.5s would be 0.
    /// <summary>Only finished spans that took at least so long: <c>500ms</c>, <c>1.5s</c>.</summary>
    [Parameter]
    public Duration MinDuration
    {
        get => _minDuration ?? default;
        set => _minDuration = value;
    }

    /// <summary>Only spans of which the capture holds so much.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanStateCompleter))]
    [ValidateNotNullOrEmpty]
    public SpanState?[]? State { get; set; }

    /// <summary>What the parameters ask for.</summary>
    private protected virtual SpanQuery Query() => new()
    {
        Filter = EventFilter,
        MinDuration = _minDuration?.Nanoseconds,
        Tag = Wildcards.AnyTag(Tag),
        Ids = Id?.ToHashSet(),
        States = State?.OfType<SpanState>().ToHashSet(),
    };
}
