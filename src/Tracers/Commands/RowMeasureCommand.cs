using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;

namespace Tracers.Commands;

/// <summary>A command that gives a table with a row for each value of its keys.</summary>
public abstract class RowMeasureCommand : SpanReadCommand
{
    private Duration? _interval;

    // Texts and not a type of their own: an error that says which key was perhaps meant would be hidden in PowerShell's.
    /// <summary>What a row stands for; with several, every combination that occurs is a row.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RowKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] By { get; set; } = [];

    // Not nullable, for the reason that Get-TracerSpan's -MinDuration is not.
    /// <summary>Rows for each interval of this length, counted from the capture's first event: <c>1s</c>, <c>500ms</c>.</summary>
    [Parameter]
    public Duration Interval
    {
        get => _interval ?? default;
        set => _interval = value;
    }

    /// <summary>At most so many rows, of each interval if there are intervals.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    /// <summary>The keys, the interval first.</summary>
    private protected IReadOnlyList<RowKey> Keys { get; private set; } = [];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (_interval is { Nanoseconds: <= 0 })
            ThrowTerminatingError(TracerErrors.IntervalNotPositive(Interval));
        IEnumerable<RowKey> keys = By.Select(ReadKey).DistinctBy(static k => k.Name, StringComparer.OrdinalIgnoreCase);
        Keys = [.. _interval is { } interval ? keys.Prepend(RowKey.Every(interval.Nanoseconds)) : keys];
    }

    /// <summary>A row with its keys as properties before the others.</summary>
    /// <param name="row">The sums, as the object that the command gives.</param>
    /// <param name="values">The values of the keys, as <see cref="ValuesOf"/> gives them.</param>
    private protected PSObject WithKeys(object row, object?[] values) => KeyedObject.Of(row, [.. Keys.Select(static k => k.Name)], values);

    /// <summary>The values of a row's keys as objects of this module.</summary>
    private protected object?[] ValuesOf(object?[] values)
    {
        object?[] typed = new object?[values.Length];
        for (int i = 0; i < values.Length; i++)
            typed[i] = FieldValues.ToObject(Keys[i].Unit, values[i]);
        return typed;
    }

    // Calls are charged to the spans of a scope also where none are given.
    /// <inheritdoc/>
    private protected override string? ParameterWithoutSpans() => IsGiven(nameof(Nesting)) ? nameof(Nesting) : null;

    private RowKey ReadKey(string text)
    {
        try
        {
            return RowKey.Parse(text);
        }
        catch (FilterSyntaxException e)
        {
            ThrowTerminatingError(TracerErrors.FieldNotValid(text, e));
            throw;
        }
    }
}
