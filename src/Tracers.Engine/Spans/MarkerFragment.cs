namespace Tracers.Engine.Spans;

/// <summary>The beginning of a marker whose rest its thread has still to write.</summary>
internal sealed class MarkerFragment
{
    public GrowingBytes Bytes;

    /// <summary>The thread; null while it is not in use.</summary>
    public ThreadSpans? Owner;
}
