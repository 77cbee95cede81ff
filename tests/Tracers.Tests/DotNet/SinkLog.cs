using Tracers.Engine.Runtimes;

namespace Tracers.Tests.DotNet;

/// <summary>Keeps what a runtime says, and checks its order.</summary>
internal sealed class SinkLog : IRuntimeSink
{
    private readonly Lock _lock = new();
    private readonly List<(string Kind, RuntimeMoment Moment, object Value)> _said = [];
    private long _reached;
    private bool _hasBegun;

    public RuntimeTrace? Trace { get; private set; }

    public long LostEvents { get; private set; }

    public string? Disorder { get; private set; }

    public long ReachedTime => Interlocked.Read(ref _reached);

    /// <summary>What was said so far, of a kind: the name of the sink's method.</summary>
    public IReadOnlyList<(RuntimeMoment Moment, T Value)> Of<T>(string kind)
    {
        lock (_lock)
            return [.. _said.Where(s => s.Kind == kind).Select(s => (s.Moment, (T)s.Value))];
    }

    public IReadOnlyList<(RuntimeMoment Moment, RuntimeActivity Value)> Began => Of<RuntimeActivity>(nameof(ActivityBegan));

    public IReadOnlyList<(RuntimeMoment Moment, EndedActivity Value)> Ended => Of<EndedActivity>(nameof(ActivityEnded));

    /// <summary>Waits until something is so; false when it does not come.</summary>
    public static bool Wait(Func<bool> isSo, int seconds = 15) => SpinWait.SpinUntil(
        () =>
        {
            Thread.Sleep(10);
            return isSo();
        },
        TimeSpan.FromSeconds(seconds));

    public void Begin(RuntimeTrace trace)
    {
        _hasBegun = true;
        Trace = trace;
    }

    public void ActivityBegan(RuntimeMoment moment, RuntimeActivity activity) => Add(nameof(ActivityBegan), moment, activity);

    public void ActivityEnded(RuntimeMoment moment, ulong id, IReadOnlyList<KeyValuePair<string, string>> tags, bool failed) =>
        Add(nameof(ActivityEnded), moment, new EndedActivity(id, tags.ToDictionary(), failed));

    public void ContextChanged(RuntimeMoment moment, Guid context) => Add(nameof(ContextChanged), moment, context);

    public void RequestBegan(RuntimeMoment moment, RuntimeRequest request) => Add(nameof(RequestBegan), moment, request);

    public void RouteFound(RuntimeMoment moment, Guid context, string route) => Add(nameof(RouteFound), moment, (context, route));

    public void SectionBegan(RuntimeMoment moment, RuntimeSection section) => Add(nameof(SectionBegan), moment, section);

    public void SectionEnded(RuntimeMoment moment, long number, IReadOnlyList<KeyValuePair<string, string>> arguments) =>
        Add(nameof(SectionEnded), moment, (number, arguments.ToDictionary()));

    public void Reached(long time)
    {
        if (time < _reached)
            Disorder ??= $"Reached {time} after {_reached}";
        Interlocked.Exchange(ref _reached, time);
    }

    public void Lost(long events) => LostEvents += events;

    private void Add(string kind, RuntimeMoment moment, object value)
    {
        lock (_lock)
        {
            if (!_hasBegun)
                Disorder ??= $"{kind} before Begin";
            if (moment.Time <= _reached)
                Disorder ??= $"{kind} at {moment.Time} after Reached {_reached}";
            _said.Add((kind, moment, value));
        }
    }
}
