namespace Tracers.Engine.State;

/// <content>Which process started which, kept where somebody asks for descendants.</content>
internal sealed partial class CaptureState
{
    // Processes whose parent has not been told of yet, by its tid.
    private readonly Dictionary<int, List<TracedThread>> _childrenOfUnknown = [];

    /// <summary>Whether it is kept which process started which. To be set before the first section.</summary>
    public bool KeepsDescent { get; set; }

    // Of a process that was there before its parent's call was seen.
    private void Descend(TracedThread thread)
    {
        int parentTid = thread.Identity.ParentTid;
        if (thread.Main == thread && parentTid != thread.Tid && Threads.Find(parentTid) is { } parent)
            thread.Process.DescendFrom(parent.Process);
    }

    // The recorder's list is a row of events, in which a child can stand before its parent.
    private void DescendInList(TracedThread thread)
    {
        Descend(thread);
        int parentTid = thread.Identity.ParentTid;
        if (Threads.Find(parentTid) is null)
        {
            if (!_childrenOfUnknown.TryGetValue(parentTid, out List<TracedThread>? children))
                _childrenOfUnknown.Add(parentTid, children = []);
            children.Add(thread);
        }

        if (!_childrenOfUnknown.Remove(thread.Tid, out List<TracedThread>? waiting))
            return;
        foreach (TracedThread child in waiting)
            Descend(child);
    }
}
