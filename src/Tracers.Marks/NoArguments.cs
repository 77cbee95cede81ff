namespace Tracers.Marks;

/// <summary>A marker without arguments, and what stands before the first one.</summary>
internal readonly struct NoArguments : IMarkerArguments
{
    public void AppendTo(MarkerBuffer buffer)
    {
    }
}
