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

    private readonly ActivityListener _listener;
    private readonly Func<Activity, string?>? _tag;
    private readonly Func<Activity, bool>? _waits;
    private bool _isOn = true;

    // Activities that have not ended, and one more while this is on.
    private int _holders = 1;

    private ActivityMarks(Func<Activity, string?>? tag, Func<Activity, bool>? waits)
    {
        _tag = tag;
        _waits = waits;
        _listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = (ref _) => Sampling,
            SampleUsingParentId = (ref _) => Sampling,
            ActivityStarted = Begin,
            ActivityStopped = End,
        };
    }

    // With their tags, which libraries leave out where nobody asks; not recorded, or other tools would export them.
    private ActivitySamplingResult Sampling => Volatile.Read(ref _isOn) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None;

    /// <summary>Begins to mark activities; where markers go nowhere, or they are marked already, gives what does nothing.</summary>
    /// <param name="tag">The tag of an activity, null for one that is not marked; without it the operation name.</param>
    /// <param name="waits">
    /// Whether the opening marker of an activity waits for <see cref="OpenCurrent"/>. It is written before that where a thread goes on with the activity's work,
    /// another activity begins in it, or it ends.
    /// </param>
    public static IDisposable Start(Func<Activity, string?>? tag, Func<Activity, bool>? waits = null)
    {
        ActivityMarks marks = new(tag, waits);
        if (!MarkerOutput.Current.IsOn || !MarkingTurn.TryTake(marks))
        {
            marks._listener.Dispose();
            return new ActivityMarksOff();
        }

        Activity.CurrentChanged += marks.Follow;
        ActivitySource.AddActivityListener(marks._listener);
        return marks;
    }

    /// <summary>Says more of an activity that has begun and not ended; nothing where it is not marked.</summary>
    public static void Describe(Activity activity, ActivityDetails details)
    {
        if (s_marks.TryGetValue(activity, out ActivityMark? mark) && !mark.HasEnded)
            mark.Details = details;
    }

    /// <summary>What was said of an activity by <see cref="Describe"/>; null for nothing.</summary>
    public static ActivityDetails? DetailsOf(Activity activity) => s_marks.TryGetValue(activity, out ActivityMark? mark) ? mark.Details : null;

    /// <summary>Writes the opening marker of the activity that the thread works for, if that waits.</summary>
    public static void OpenCurrent() => Run(s_flowing.Value);

    public void Dispose()
    {
        if (!MarkingTurn.TryGive(this))
            return;
        Volatile.Write(ref _isOn, false);
        Release();
    }

    private static void Run(ActivityMark? mark)
    {
        if (mark is { IsWaiting: true })
        {
            if (!mark.IsReady)
                return;
            Open(mark);
        }

        ThreadActivity.Current.SwitchTo(ActivityMark.OpenIdOf(mark));
    }

    private static ActivityMark? MarkOf(Activity? activity)
    {
        ActivityMark? mark = null;
        while (activity is not null && !s_marks.TryGetValue(activity, out mark))
            activity = activity.Parent;
        return mark;
    }

    // Threads of one request may come here at the same time; those that come later go on when its marker is written.
    private static void Open(ActivityMark mark)
    {
        lock (mark)
        {
            if (!mark.IsWaiting || (Volatile.Read(ref mark.Owner._isOn) && WriteOpening(mark)))
                return;
        }

        // What was not begun has no end either; nor does anybody want to know of what waited until this was off.
        if (mark.TryEnd())
            mark.Owner.Release();
    }

    // The thread that writes it runs it then.
    private static bool WriteOpening(ActivityMark mark)
    {
        ActivityMark? parent = ActivityMark.WrittenOf(mark.Parent);
        ActivityDetails? details = mark.Details;
        ThreadActivity thread = ThreadActivity.Current;
        MarkerBuffer marker = thread.Marker;
        marker.CutTo(0);
        marker.Append(MarkerBytes.Open);
        marker.Append(':');
        marker.Append(mark.Id);
        marker.Append(':');
        int tagsStart = marker.Length;
        string tag = details?.Tag is { Length: > 0 } known ? known : mark.Tag;
        marker.AppendTags(parent is null ? [] : parent.Tags, tag, escapeDots: true);
        int tagsEnd = marker.Length;
        marker.Append(':');
        if (marker.IsFull || marker.Length == MarkerBuffer.Capacity)
            return false;
        WholeArguments arguments = new(marker);
        AddOrigin(ref arguments, mark.Activity, parent);
        details?.AddFirst(ref arguments);
        marker.Append(':');
        if (!MarkerOutput.Current.Write(marker.Bytes, marker.Length))
            return false;
        mark.SetWritten(marker, tagsStart, tagsEnd, thread.Begin(mark.Id));
        return true;
    }

    // A local root says of which trace it is, for the logs of other tools, and what sent it, which may be marked in another process.
    private static void AddOrigin(ref WholeArguments arguments, Activity activity, ActivityMark? parent)
    {
        ulong parentId = parent?.Id ?? ActivityIds.OfParent(activity);
        if (parentId != 0)
            arguments.Add("parent", parentId);
        if (parent is null && activity.IdFormat == ActivityIdFormat.W3C)
            arguments.Add("trace", activity.TraceId.ToHexString());
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
        if (parent is { IsWaiting: true })
            Open(parent);
        ActivityMark mark = new(this, activity, tag, parent);
        bool waits = _waits is not null && _waits(activity);
        Interlocked.Increment(ref _holders);
        if (!waits)
        {
            Open(mark);
            if (mark.HasEnded)
                return;
        }

        s_marks.AddOrUpdate(activity, mark);

        // One may be begun without becoming the current one: the thread goes on with what is.
        if (Activity.Current == activity)
            s_flowing.Value = mark;
        else
            Run(s_flowing.Value);
        mark.IsReady = true;
    }

    private void End(Activity activity)
    {
        if (!s_marks.TryGetValue(activity, out ActivityMark? mark))
            return;
        if (mark.IsWaiting)
            Open(mark);
        if (!mark.TryEnd())
            return;

        ThreadActivity thread = ThreadActivity.Current;
        MarkerBuffer marker = thread.Marker;
        marker.CutTo(0);
        marker.Append(mark.Head);
        marker.SetKind(MarkerBytes.Close);
        marker.Append(':');
        WholeArguments arguments = new(marker);
        if (activity.Status == ActivityStatusCode.Error)
            arguments.Add("status", "error");
        AddLast(mark.Details, ref arguments);
        mark.Details = null;
        foreach (ref readonly KeyValuePair<string, object?> tag in activity.EnumerateTagObjects())
            arguments.Add(tag.Key, tag.Value);
        marker.Append(':');
        MarkerOutput.Current.Write(marker.Bytes, marker.Length);
        thread.End(mark.Id, mark.Before);

        // What flows is set right after this, but not where the activity before has ended too.
        Run(s_flowing.Value);
        mark.Owner.Release();
    }

    // Code of the application's framework, which may have let go of what is asked for: nothing may fail where an activity ends.
    private static void AddLast(ActivityDetails? details, ref WholeArguments arguments)
    {
        try
        {
            details?.AddLast(ref arguments);
        }
        catch (Exception)
        {
            // What it had said by then stays.
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
