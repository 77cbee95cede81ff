namespace Tracers.Marks;

/// <summary>What is known of an activity beside the activity itself, from shortly after its beginning on.</summary>
internal abstract class ActivityDetails
{
    /// <summary>Its tag; null for its operation name. Asked when its opening marker is written, on any thread.</summary>
    public abstract string? Tag { get; }

    /// <summary>Adds the arguments of its opening marker. On any thread.</summary>
    public abstract void AddFirst(ref WholeArguments arguments);

    /// <summary>Adds the arguments of its closing marker that stand before the activity's own. On the thread that ends it.</summary>
    public abstract void AddLast(ref WholeArguments arguments);
}
