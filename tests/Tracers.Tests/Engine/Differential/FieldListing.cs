using System.Text;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Tests.Engine.Differential;

/// <summary>The values of fields, event by event, as this project has them.</summary>
internal static class FieldListing
{
    /// <summary>Hands out, for each event that a listing shows, its number and the values of the fields; null for none.</summary>
    /// <param name="path">The capture; what is whole of a damaged one is read.</param>
    /// <param name="fields">Fields with what stands behind their names, of one that stands for several values the first.</param>
    /// <param name="take">Takes number, type of the event, and values.</param>
    public static void Read(string path, IReadOnlyList<string> fields, Action<long, int, object?[]> take)
    {
        using CapturePass pass = new(path, keepArguments: true, CancellationToken.None);
        Read(pass, fields, take);
    }

    /// <summary>The same of a pass that has not run yet.</summary>
    public static void Read(CapturePass pass, IReadOnlyList<string> fields, Action<long, int, object?[]> take)
    {
        FieldReference[] references = [.. fields.Select(static f => FieldCatalogue.Parse(f))];
        FieldReader[] readers = [.. references.Select(static r => r.Field.Compile(r))];
        CaptureFilter.Prepare(pass, readers.Aggregate(FilterNeeds.None, static (needs, r) => needs | r.Needs));
        ValueSink sink = new(pass, readers, take);
        try
        {
            pass.Run(ref sink);
        }
        catch (ScapFormatException)
        {
            // sysdig, too, lists what is whole.
        }
    }

    private readonly struct ValueSink(CapturePass pass, FieldReader[] readers, Action<long, int, object?[]> take) : IPassSink
    {
        public SinkWants Wants => SinkWants.Events;

        public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number)
        {
            if (!outcome.Hidden && !EventFilter.IsHidden(EventTable.Infos[e.Type]))
                Take(new EventContext(in e, in outcome, number, pass));
        }

        public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) =>
            Take(new EventContext(in e, in outcome, number, pass, in marker, span));

        public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
        {
        }

        public void Span(SpanNode span)
        {
        }

        private void Take(scoped in EventContext context)
        {
            object?[] values = new object?[readers.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = readers[i].HasValue ? readers[i].Value(in context) : FirstOf(readers[i], in context);
            take(context.Number, context.Event.Type, values);
        }

        // Of a field that stands for several values.
        private static object? FirstOf(FieldReader reader, scoped in EventContext context)
        {
            FieldCursor cursor = default;
            if (reader.EachNumber is { } numbers)
                return numbers(in context, ref cursor, out long number) ? number : null;
            if (reader.EachText is { } texts)
                return texts(in context, ref cursor, out ReadOnlySpan<byte> text) ? Encoding.UTF8.GetString(text) : null;
            return reader.EachAddress is { } addresses && addresses(in context, ref cursor, out FieldAddress address)
                ? address.Value.ToIPAddress(address.V6 ? FdKind.Ipv6 : FdKind.Ipv4)
                : null;
        }
    }
}
