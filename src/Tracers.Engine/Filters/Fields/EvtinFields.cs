using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The open spans that an event lies in.</summary>
/// <remarks>
/// In a filter any of them may fulfil the comparison; as a value the newest that has one counts. A span holds its closing marker and not its
/// opening one; as a value, markers have none.
/// </remarks>
internal static class EvtinFields
{
    private delegate bool NumberOfSpan(SpanNode span, TagTable tags, out long value);

    private delegate bool TextOfSpan(SpanNode span, TagTable tags, TextBuffer buffer, out ReadOnlySpan<byte> value);

    public static FieldInfo[] All { get; } =
    [
        .. Of("evtin.span", SpanScope.Thread, FilterNeeds.SpansOfThread, "of its thread"),
        .. Of("evtin.span.p", SpanScope.Process, FilterNeeds.SpansOfProcess, "of any thread of its process"),
        .. Of("evtin.span.s", SpanScope.Children, FilterNeeds.SpansOfChildren, "of its process or of one that its process descends from"),
        .. Of("evtin.span.m", SpanScope.Machine, FilterNeeds.SpansOfMachine, "of the machine"),
    ];

    private static IEnumerable<FieldInfo> Of(string prefix, SpanScope scope, FilterNeeds needs, string whose)
    {
        string spans = $"of the newest open span {whose} that the event lies in; in a filter, of any such span. None where there is none";
        FilterNeeds described = needs | FilterNeeds.SpanDescriptions;
        yield return Number($"{prefix}.id", FieldType.Number, $"Id {spans}.", $"{prefix}.id = 1", scope, needs, static (span, _, out value) =>
        {
            value = span.Id;
            return true;
        });
        yield return Number($"{prefix}.ntags", FieldType.Unsigned, $"Number of tags {spans}.", $"{prefix}.ntags > 1", scope, needs, static (span, tags, out value) =>
        {
            value = tags.Bytes(span.Tags).Count;
            return true;
        });
        yield return Number($"{prefix}.nargs", FieldType.Unsigned, $"Number of arguments {spans}.", $"{prefix}.nargs > 0", scope, described, static (span, _, out value) =>
        {
            value = SpanText.CountArguments(span.Arguments.Span);
            return true;
        });
        yield return Text($"{prefix}.tags", $"Tags, joined with dots, {spans}.", $"{prefix}.tags = download_handler", FieldArgument.None, scope, needs, static _ => static (span, tags, _, out value) =>
        {
            value = tags.Bytes(span.Tags).Text;
            return true;
        });
        yield return Text($"{prefix}.tag", $"One tag, [0] the first, [-1] the last, {spans}, or none has so many tags.", $"{prefix}.tag[0] = download_handler", FieldArgument.Index, scope, needs, static reference =>
        {
            int index = reference.Index!.Value;
            return (span, tags, _, out value) => tags.Bytes(span.Tags).TryGet(index, out value);
        });
        yield return Text($"{prefix}.args", $"Arguments, name:value joined with commas, {spans}.", $"{prefix}.args contains user:", FieldArgument.None, scope, described, static _ => static (span, _, buffer, out value) =>
        {
            buffer.Length = 0;
            SpanText.AppendArguments(buffer, span.Arguments.Span, (byte)':');
            value = buffer.Written;
            return true;
        });
        yield return Text($"{prefix}.arg", $"One argument, by its name or its number from 0, {spans}, or none has such an argument.", $"{prefix}.arg.user = alice", FieldArgument.IndexOrName, scope, described, static reference =>
        {
            int? index = reference.Index;
            byte[] name = Encoding.UTF8.GetBytes(reference.Name ?? "");
            return (span, _, buffer, out value) =>
            {
                bool found = SpanText.TryGetArgument(span.Arguments.Span, index, name, out ReadOnlySpan<byte> escaped);
                buffer.Length = 0;
                SpanText.AppendUnescaped(buffer, escaped);
                value = buffer.Written;
                return found;
            };
        });
    }

    private static FieldInfo Number(string name, FieldType type, string description, string example, SpanScope scope, FilterNeeds needs, NumberOfSpan read) =>
        new(name, type, description, _ => new FieldReader
        {
            Type = type,
            Needs = needs,
            Number = (scoped in EventContext c, out long value) =>
            {
                if (!c.IsMarker)
                {
                    foreach (SpanNode span in Around(in c, scope))
                    {
                        if (read(span, c.Pass.Tracker.Tags, out value))
                            return true;
                    }
                }

                value = 0;
                return false;
            },
            EachNumber = (scoped in EventContext c, ref FieldCursor cursor, out long value) =>
            {
                if (cursor.Count++ == 0)
                    cursor.Spans = Around(in c, scope);
                while (cursor.Spans.MoveNext())
                {
                    if (read(cursor.Spans.Current, c.Pass.Tracker.Tags, out value))
                        return true;
                }

                value = 0;
                return false;
            },
        })
        {
            Example = example,
        };

    private static FieldInfo Text(
        string name, string description, string example, FieldArgument argument, SpanScope scope, FilterNeeds needs, Func<FieldReference, TextOfSpan> compile) =>
        new(name, FieldType.Text, description, reference =>
        {
            TextOfSpan read = compile(reference);
            TextBuffer buffer = new();
            return new FieldReader
            {
                Type = FieldType.Text,
                Needs = needs,
                Text = (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
                {
                    if (!c.IsMarker)
                    {
                        foreach (SpanNode span in Around(in c, scope))
                        {
                            if (read(span, c.Pass.Tracker.Tags, buffer, out value))
                                return true;
                        }
                    }

                    value = default;
                    return false;
                },
                EachText = (scoped in EventContext c, ref FieldCursor cursor, out ReadOnlySpan<byte> value) =>
                {
                    if (cursor.Count++ == 0)
                        cursor.Spans = Around(in c, scope);
                    while (cursor.Spans.MoveNext())
                    {
                        if (read(cursor.Spans.Current, c.Pass.Tracker.Tags, buffer, out value))
                            return true;
                    }

                    value = default;
                    return false;
                },
            };
        })
        {
            Argument = argument,
            Example = example,
        };

    // A pass that was not prepared for the question has no such list.
    private static SpansAround Around(scoped in EventContext c, SpanScope scope)
    {
        if (c.Pass.OpenSpansIn(scope) is not { } open)
            throw new InvalidOperationException($"The pass keeps no open spans of the scope {scope}.");
        return !c.IsMarker ? open.Around(c.Thread)
            : c.Marker.Kind == MarkerKind.Open ? open.AroundMarkerOf(c.Thread, begun: c.Span, ended: null)
            : open.AroundMarkerOf(c.Thread, begun: null, ended: c.Span is { Start: >= 0 } ended ? ended : null);
    }
}
