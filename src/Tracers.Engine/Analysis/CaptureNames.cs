using Tracers.Engine.Spans;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>What can be asked for in a capture by name or number: tags, ids of spans, processes and threads.</summary>
internal sealed class CaptureNames
{
    /// <summary>Most names of each kind that are kept: nobody chooses from a longer list.</summary>
    public const int Most = 10_000;

    /// <summary>Spans by their joined tags.</summary>
    public Dictionary<string, SpanSum> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Spans by each of their tags, of those that have several.</summary>
    public Dictionary<string, SpanSum> Levels { get; } = new(StringComparer.Ordinal);

    /// <summary>Spans by id.</summary>
    public Dictionary<long, SpanSum> Ids { get; } = [];

    /// <summary>Events by the thread that they belong to.</summary>
    public Dictionary<ThreadIdentity, EventSum> Threads { get; } = [];

    /// <summary>Names of descriptors.</summary>
    public HashSet<string> Descriptors { get; } = new(StringComparer.Ordinal);

    /// <summary>The threads, without the strangers that events behind a thread's end seem to be of.</summary>
    public IEnumerable<(ThreadIdentity Thread, long Events)> KnownThreads()
    {
        HashSet<int> named = [.. Threads.Keys.Where(static thread => thread.Name is not null).Select(static thread => thread.Tid)];
        return Threads.Where(t => t.Key.Name is not null || !named.Contains(t.Key.Tid)).Select(static t => (t.Key, t.Value.Count));
    }

    /// <summary>Adds a span that ended or never will.</summary>
    public void Add(SpanNode span, TagTable tags)
    {
        TagList list = tags[span.Tags];
        Sum(Tags, list.Text)?.Add(span, list.Text);
        Sum(Ids, span.Id)?.Add(span, list.Text);
        if (list.Tags.Length < 2)
            return;
        foreach (string tag in list.Tags.Distinct(StringComparer.Ordinal))
            Sum(Levels, tag)?.Add(span, list.Text);
    }

    /// <summary>Adds the names of descriptors that a pass has met.</summary>
    public void AddDescriptors(ByteInterner names)
    {
        for (int i = 0; i < names.Count && Descriptors.Count < Most; i++)
            Descriptors.Add(names.Text(i));
    }

    /// <summary>The sum of a thread's events; null when there are too many threads.</summary>
    public EventSum? Of(ThreadIdentity thread) => Sum(Threads, thread);

    private static TSum? Sum<TKey, TSum>(Dictionary<TKey, TSum> sums, TKey key)
        where TKey : notnull
        where TSum : class, new()
    {
        if (sums.TryGetValue(key, out TSum? sum))
            return sum;
        if (sums.Count == Most)
            return null;
        sum = new TSum();
        sums.Add(key, sum);
        return sum;
    }
}
