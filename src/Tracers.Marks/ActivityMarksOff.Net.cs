namespace Tracers.Marks;

/// <summary>Activities are not marked by this call, so that nothing is to be ended.</summary>
internal sealed class ActivityMarksOff : IDisposable
{
    public void Dispose()
    {
    }
}
