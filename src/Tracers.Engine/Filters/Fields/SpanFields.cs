using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The span that a marker begins or ends; no other event has any of them.</summary>
internal static class SpanFields
{
    public static FieldInfo[] All { get; } =
    [
        Number("span.id", FieldType.Number, "Id of the span, as its marker has it.", "span.id = 1", static (scoped in EventContext c, out long value) =>
        {
            value = c.Marker.Id;
            return true;
        }),
        new("span.time", FieldType.Text, "Time of day at which the span began, with nanoseconds. None for one whose beginning is not in the capture.", static _ => BeginTime())
        {
            Example = "span.time startswith 15:06:40",
        },
        Number("span.ntags", FieldType.Unsigned, "How many tags the span has.", "span.ntags > 1", static (scoped in EventContext c, out long value) =>
        {
            value = Tags(in c).Count;
            return true;
        }),
        Number("span.nargs", FieldType.Unsigned, "How many arguments the span began with. None where its beginning is not in the capture.", "span.nargs > 0", static (scoped in EventContext c, out long value) =>
        {
            value = HasBegun(in c) ? SpanText.CountArguments(c.Span!.Arguments.Span) : 0;
            return HasBegun(in c);
        }, needs: FilterNeeds.SpanDescriptions),
        Text("span.tags", "All tags of the span, joined with dots.", "span.tags startswith download_handler", static _ => static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            value = Tags(in c).Text;
            return true;
        }, identity: static (scoped in EventContext c, out long value) =>
        {
            value = c.IsMarker ? c.Pass.Tracker.Tags.Intern(c.Marker.Tags) : 0;
            return c.IsMarker;
        }),
        Text("span.tag", "One tag of the span: [0] the first, [-1] the last; none when it has not so many.", "span.tag[-1] = download_write", static reference =>
        {
            int index = reference.Index!.Value;
            return (scoped in EventContext c, out ReadOnlySpan<byte> value) => Tags(in c).TryGet(index, out value);
        }, FieldArgument.Index),
        Text("span.args", "The arguments of this marker, name=value joined with commas; empty for none.", "span.args contains user=", static _ => MadeText.Reader(static (scoped in EventContext c, TextBuffer text) =>
        {
            SpanText.AppendArguments(text, c.Marker.Arguments, (byte)'=');
            return true;
        })),
        Text("span.arg", "An argument of this marker, by its name or its number from 0; a negative number counts from the end. None when there is no such argument.", "span.arg.user = alice", static reference => Argument(reference, ofBegin: false), FieldArgument.IndexOrName),
        Text("span.enterargs", "The arguments that the span began with, name=value joined with commas; empty for none. None where its beginning is not in the capture.", "span.enterargs contains user=", static _ => MadeText.Reader(static (scoped in EventContext c, TextBuffer text) =>
        {
            if (HasBegun(in c))
                SpanText.AppendArguments(text, c.Span!.Arguments.Span, (byte)'=');
            return HasBegun(in c);
        }), needs: FilterNeeds.SpanDescriptions),
        Text("span.enterarg", "An argument that the span began with, by its name or its number from 0; a negative number counts from the end. None when there is no such argument.", "span.enterarg.user = alice", static reference => Argument(reference, ofBegin: true), FieldArgument.IndexOrName, FilterNeeds.SpanDescriptions),
        Number("span.duration", FieldType.Unsigned, "Nanoseconds from the beginning of the span to its end, at its end. None where one of the two is not in the capture.", "span.duration > 500ms", Duration, FieldUnit.Nanoseconds, FilterNeeds.Spans),
        Text("span.duration.human", "The duration for people, such as 4.00us or 600ms, at the end of the span.", "span.duration.human = 600ms", static _ => MadeText.Reader(static (scoped in EventContext c, TextBuffer text) =>
        {
            if (!Duration(in c, out long duration))
                return false;
            HumanTime.Append(text, duration);
            return true;
        }), needs: FilterNeeds.Spans),
        Number("span.duration.fortag", FieldType.Unsigned, "The duration, at the end of spans that have one tag more than the number in brackets; none at others.", "span.duration.fortag[0] > 1s", static reference =>
        {
            int index = reference.Index!.Value;
            return (scoped in EventContext c, out long value) => Duration(in c, out value) && Tags(in c).Count - 1 == index;
        }, FieldUnit.Nanoseconds, FilterNeeds.Spans),
        Number("span.count", FieldType.Unsigned, "1 at the end of a span, 0 at its beginning: to be summed up.", "span.count = 1", static (scoped in EventContext c, out long value) =>
        {
            value = c.IsExit ? 1 : 0;
            return true;
        }),
        Number("span.count.fortag", FieldType.Unsigned, "1 at the end of spans that have one tag more than the number in brackets, else 0: to be summed up.", "span.count.fortag[0] = 1", static reference =>
        {
            int index = reference.Index!.Value;
            return (scoped in EventContext c, out long value) =>
            {
                value = c.IsExit && Tags(in c).Count - 1 == index ? 1 : 0;
                return true;
            };
        }),
        Number("span.childcount.fortag", FieldType.Unsigned, "1 at the end of spans that have more tags than those of span.count.fortag, else 0: to be summed up.", "span.childcount.fortag[0] = 1", static reference =>
        {
            int index = reference.Index!.Value;
            return (scoped in EventContext c, out long value) =>
            {
                value = c.IsExit && Tags(in c).Count > (long)index + 1 ? 1 : 0;
                return true;
            };
        }),
        Text("span.idtag", "The id with one tag behind it, [0] the first, [-1] the last: tells spans of several requests apart.", "span.idtag[0] = 1download_handler", static reference =>
        {
            int index = reference.Index!.Value;
            return MadeText.Reader((scoped in EventContext c, TextBuffer text) =>
            {
                text.Append(c.Marker.Id);
                if (Tags(in c).TryGet(index, out ReadOnlySpan<byte> tag))
                    text.Append(tag);
                return true;
            });
        }, FieldArgument.Index),
        Text("span.rawtime", "When the span began, in nanoseconds since 1970, as a text. None where its beginning is not in the capture.", "span.rawtime = 1480000000000000000", static _ => MadeText.Reader(static (scoped in EventContext c, TextBuffer text) =>
        {
            if (HasBegun(in c))
                text.Append(c.Span!.Start);
            return HasBegun(in c);
        }), needs: FilterNeeds.Spans),
        Text("span.rawparenttime", "When the span's parent began, in nanoseconds since 1970, as a text: of the open span that it belonged to when it began. None when there was none.", "span.rawparenttime = 1480000000000000000", static _ => MadeText.Reader(static (scoped in EventContext c, TextBuffer text) =>
        {
            bool has = HasBegun(in c) && c.Span!.ParentSequence != 0;
            if (has)
                text.Append(c.Span!.ParentStart);
            return has;
        }), needs: FilterNeeds.SpanDescriptions),
    ];

    private static TagBytes Tags(scoped in EventContext c) => c.Pass.Tracker.Tags.Bytes(c.Pass.Tracker.Tags.Intern(c.Marker.Tags));

    // False where the beginning is not in the capture, and where spans are not tracked.
    private static bool HasBegun(scoped in EventContext c) => c.Span is { Start: >= 0 };

    private static bool Duration(scoped in EventContext c, out long value)
    {
        bool known = c.IsExit && HasBegun(in c);
        value = known ? Math.Max(c.Span!.End - c.Span.Start, 0) : 0;
        return known;
    }

    private static FieldReader.TextOf Argument(FieldReference reference, bool ofBegin)
    {
        int? index = reference.Index;
        byte[] name = Encoding.UTF8.GetBytes(reference.Name ?? "");
        return MadeText.Reader((scoped in EventContext c, TextBuffer text) =>
        {
            if (ofBegin && !HasBegun(in c))
                return false;
            bool found = SpanText.TryGetArgument(ofBegin ? c.Span!.Arguments.Span : c.Marker.Arguments, index, name, out ReadOnlySpan<byte> value);
            SpanText.AppendUnescaped(text, value);
            return found;
        });
    }

    private static FieldReader BeginTime()
    {
        TimeOfDayText time = new(TimeZoneInfo.Local);
        return TextReader(MadeText.Reader((scoped in EventContext c, TextBuffer text) =>
        {
            if (HasBegun(in c))
                time.Append(text, c.Span!.Start);
            return HasBegun(in c);
        }), null, FilterNeeds.Spans);
    }

    private static FieldInfo Number(string name, FieldType type, string description, string example, FieldReader.NumberOf read, FieldUnit unit = FieldUnit.None, FilterNeeds needs = FilterNeeds.None) =>
        new(name, type, description, _ => NumberReader(read, type, unit, needs)) { Example = example, Unit = unit };

    private static FieldInfo Number(
        string name, FieldType type, string description, string example, Func<FieldReference, FieldReader.NumberOf> read, FieldUnit unit = FieldUnit.None, FilterNeeds needs = FilterNeeds.None) =>
        new(name, type, description, reference => NumberReader(read(reference), type, unit, needs)) { Argument = FieldArgument.Index, Example = example, Unit = unit };

    private static FieldInfo Text(
        string name,
        string description,
        string example,
        Func<FieldReference, FieldReader.TextOf> read,
        FieldArgument argument = FieldArgument.None,
        FilterNeeds needs = FilterNeeds.None,
        FieldReader.NumberOf? identity = null) =>
        new(name, FieldType.Text, description, reference => TextReader(read(reference), identity, needs)) { Argument = argument, Example = example };

    // What is no marker has none of them, whatever its type.
    private static FieldReader NumberReader(FieldReader.NumberOf read, FieldType type, FieldUnit unit, FilterNeeds needs) => new()
    {
        Type = type,
        Unit = unit,
        Needs = needs,
        NumberByType = static _ => null,
        Number = (scoped in EventContext c, out long value) =>
        {
            value = 0;
            return c.IsMarker && read(in c, out value);
        },
    };

    private static FieldReader TextReader(FieldReader.TextOf read, FieldReader.NumberOf? identity, FilterNeeds needs) => new()
    {
        Type = FieldType.Text,
        Needs = needs,
        TextByType = static _ => null,
        Identity = identity,
        Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            value = default;
            return c.IsMarker && read(in c, out value);
        },
    };
}
