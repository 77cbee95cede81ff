using System.Runtime.CompilerServices;
using Tracers.Engine.Events;
using Tracers.Engine.Filters.Predicates;
using Tracers.Engine.Filters.Syntax;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters;

/// <summary>A filter in sysdig's language: read once, asked for every event.</summary>
/// <remarks>It can serve several passes, one after another.</remarks>
internal sealed class CaptureFilter
{
    // Not asked yet.
    private const byte Open = byte.MaxValue;

    private readonly Predicate _predicate;

    // What is known by the type alone; a copy of many comparisons that never need the event.
    private readonly byte[] _byType = new byte[EventTable.Infos.Length];

    // What is left to be asked of events of a type.
    private readonly Predicate[] _left = new Predicate[EventTable.Infos.Length];

    private CaptureFilter(string text, Predicate predicate, FilterNeeds needs)
    {
        Text = text;
        Needs = needs;
        _predicate = predicate;
        Array.Fill(_byType, Open);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>What a pass must keep for it: see <see cref="Prepare"/>.</summary>
    public FilterNeeds Needs { get; }

    /// <summary>Reads a filter.</summary>
    /// <exception cref="FilterSyntaxException">It is none; the message shows the place.</exception>
    public static CaptureFilter Parse(string text)
    {
        FilterCompiler compiler = new();
        try
        {
            Predicate predicate = compiler.Compile(FilterParser.Parse(text));
            return new CaptureFilter(text, predicate, compiler.Needs);
        }
        catch (FilterSyntaxException e)
        {
            e.Text = text;
            throw;
        }
    }

    /// <summary>Sees to it that a pass keeps what fields need; before it runs.</summary>
    public static void Prepare(CapturePass pass, FilterNeeds needs)
    {
        pass.TracksSpans |= (needs & FilterNeeds.Spans) != 0;
        pass.Tracker.Describes |= (needs & FilterNeeds.SpanDescriptions) == FilterNeeds.SpanDescriptions;
        pass.State.KeepsRecords |= (needs & FilterNeeds.Records) != 0;
        if (Has(FilterNeeds.Use))
            pass.KeepUse();
        if (Has(FilterNeeds.SpansOfThread))
            pass.KeepOpenSpans(SpanScope.Thread);
        if (Has(FilterNeeds.SpansOfProcess))
            pass.KeepOpenSpans(SpanScope.Process);
        if (Has(FilterNeeds.SpansOfChildren))
            pass.KeepOpenSpans(SpanScope.Children);
        if (Has(FilterNeeds.SpansOfMachine))
            pass.KeepOpenSpans(SpanScope.Machine);

        bool Has(FilterNeeds all) => (needs & all) == all;
    }

    /// <summary>Whether it is true of an event that is no marker.</summary>
    [MethodImpl(HotPath.Compile)]
    public bool Accepts(scoped in EventView e, scoped in EventOutcome outcome, long number, CapturePass pass)
    {
        byte verdict = _byType[e.Type];
        if (verdict == Open)
            verdict = Learn(e.Type);
        return verdict == (byte)Verdict.Depends ? Asks(in e, in outcome, number, pass) : verdict == (byte)Verdict.Yes;
    }

    /// <summary>Whether it is true of a marker.</summary>
    /// <param name="e">The write.</param>
    /// <param name="outcome">What the state knows of it.</param>
    /// <param name="number">Its number in the file.</param>
    /// <param name="pass">The pass that it comes from.</param>
    /// <param name="marker">What was written.</param>
    /// <param name="span">The span that it began or ended.</param>
    public bool AcceptsMarker(scoped in EventView e, scoped in EventOutcome outcome, long number, CapturePass pass, scoped in Marker marker, SpanNode? span)
    {
        EventContext context = new(in e, in outcome, number, pass, in marker, span);
        return context.IsMarker ? _predicate.Matches(in context) : Accepts(in e, in outcome, number, pass);
    }

    private bool Asks(scoped in EventView e, scoped in EventOutcome outcome, long number, CapturePass pass)
    {
        EventContext context = new(in e, in outcome, number, pass);
        return _left[e.Type].Matches(in context);
    }

    private byte Learn(int type)
    {
        EventInfo info = EventTable.Infos[type];
        Verdict verdict = GenericCall.Is(type) ? Verdict.Depends : _predicate.Of(info);
        _left[type] = verdict == Verdict.Depends && !GenericCall.Is(type) ? _predicate.For(info) : _predicate;
        return _byType[type] = (byte)verdict;
    }
}
