using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tracers.Marks;

/// <summary>Marks activities from when it is made until it is disposed of; those that began in that time are marked to their end.</summary>
/// <remarks>
/// An activity's span has an id of its own, the tags of the activity around it with its own name behind them, and an argument <c>parent=</c>: siblings
/// of one request run at the same time, so that a switch marker, which has an id only, must say which of them is meant.
/// </remarks>
internal sealed class ActivityMarks : IDisposable
{
    // Beside Activity.Current, which flows in the same way but does not tell when a thread picks up another request.
    private static readonly AsyncLocal<ActivityMark?> s_flowing = new(static change => Run(change.CurrentValue));
    private static readonly ConditionalWeakTable<Activity, ActivityMark> s_marks = [];
    private static ActivityMarks? s_on;

    private readonly ActivityListener _listener;
    private readonly Func<Activity, string?>? _tag;
    private bool _isOn = true;

    // Activities that have not ended, and one more while this is on.
    private int _holders = 1;

    private ActivityMarks(Func<Activity, string?>? tag)
    {
        _tag = tag;
        _listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = (ref _) => Sampling,
            SampleUsingParentId = (ref _) => Sampling,
            ActivityStarted = Begin,
            ActivityStopped = End,
        };
    }

    // Enough for an activity to be made at all; its data may be left out where nobody else asks for them.
    private ActivitySamplingResult Sampling => Volatile.Read(ref _isOn) ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None;

    /// <summary>Begins to mark activities; where markers go nowhere, or they are marked already, gives what does nothing.</summary>
    public static IDisposable Start(Func<Activity, string?>? tag)
    {
        ActivityMarks marks = new(tag);
        if (!MarkerOutput.Current.IsOn || Interlocked.CompareExchange(ref s_on, marks, null) is not null)
        {
            marks._listener.Dispose();
            return new ActivityMarksOff();
        }

        Activity.CurrentChanged += marks.Follow;
        ActivitySource.AddActivityListener(marks._listener);
        return marks;
    }

    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref s_on, null, this) != this)
            return;
        Volatile.Write(ref _isOn, false);
        Release();
    }

    private static void Run(ActivityMark? mark) => ThreadActivity.Current.SwitchTo(ActivityMark.OpenIdOf(mark));

    private static ActivityMark? MarkOf(Activity? activity)
    {
        ActivityMark? mark = null;
        while (activity is not null && !s_marks.TryGetValue(activity, out mark))
            activity = activity.Parent;
        return mark;
    }

    // It is set also by the application's own hand, and set back to what was before when an activity ends.
    private void Follow(object? sender, ActivityChangedEventArgs change)
    {
        ActivityMark? mark = MarkOf(change.Current);
        if (mark != s_flowing.Value)
            s_flowing.Value = mark;
    }

    private void Begin(Activity activity)
    {
        if (!Volatile.Read(ref _isOn) || TagOf(activity) is not { Length: > 0 } tag)
            return;

        ActivityMark? parent = MarkOf(activity.Parent);
        ThreadActivity thread = ThreadActivity.Current;
        MarkerBuffer marker = thread.Marker;
        ulong id = SpanIds.Next();
        marker.CutTo(0);
        marker.Append(MarkerBytes.Open);
        marker.Append(':');
        marker.Append(id);
        marker.Append(':');
        int tagsStart = marker.Length;
        if (parent is not null)
        {
            marker.Append(parent.Tags);
            marker.Append('.');
        }
        else if (tag[0] == '0')
        {
            marker.Append('\\');
        }

        marker.AppendEscaped(tag, escapeDots: true);
        ActivityMark mark = new(this, id, parent, marker, tagsStart);
        marker.Append(':');
        AppendOrigin(marker, activity, parent);
        marker.Append(':');
        if (marker.IsFull || !MarkerOutput.Current.Write(marker.Bytes, marker.Length))
            return;

        Interlocked.Increment(ref _holders);
        mark.Before = thread.Begin(id);
        s_marks.AddOrUpdate(activity, mark);

        // One may be begun without becoming the current one: the thread goes on with what is.
        if (Activity.Current == activity)
            s_flowing.Value = mark;
        else
            Run(s_flowing.Value);
    }

    private void End(Activity activity)
    {
        if (!s_marks.TryGetValue(activity, out ActivityMark? mark) || !mark.TryEnd())
            return;

        ThreadActivity thread = ThreadActivity.Current;
        MarkerBuffer marker = thread.Marker;
        marker.CutTo(0);
        marker.Append(mark.Head);
        marker.SetKind(MarkerBytes.Close);
        marker.Append(':');
        if (activity.Status == ActivityStatusCode.Error)
            marker.Append("status=error"u8);
        marker.Append(':');
        MarkerOutput.Current.Write(marker.Bytes, marker.Length);
        thread.End(mark.Id, mark.Before);

        // What flows is set right after this, but not where the activity before has ended too.
        Run(s_flowing.Value);
        mark.Owner.Release();
    }

    // A local root says of which trace it is, for the logs of other tools.
    private static void AppendOrigin(MarkerBuffer marker, Activity activity, ActivityMark? parent)
    {
        if (parent is not null)
        {
            marker.Append("parent="u8);
            marker.Append(parent.Id);
        }
        else if (activity.IdFormat == ActivityIdFormat.W3C)
        {
            marker.Append("trace="u8);
            marker.AppendEscaped(activity.TraceId.ToHexString());
        }
    }

    private string? TagOf(Activity activity)
    {
        try
        {
            return _tag is null ? activity.OperationName : _tag(activity);
        }
        catch (Exception)
        {
            // The application's own code, called where it begins an activity: it must not fail there.
            return null;
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
            return;
        Activity.CurrentChanged -= Follow;
        _listener.Dispose();
    }
}
