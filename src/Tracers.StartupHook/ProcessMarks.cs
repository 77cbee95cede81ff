using Tracers.Marks;

namespace Tracers.StartupHook;

/// <summary>Marks the process's activities, requests of ASP.NET Core by their routes, until it is disposed of.</summary>
internal sealed class ProcessMarks : IDisposable
{
    private readonly RequestObserver _requests = new();
    private readonly IDisposable _activities;

    public ProcessMarks() => _activities = ActivityMarks.Start(null, _requests.IsAwaited);

    public void Dispose()
    {
        _activities.Dispose();
        _requests.Dispose();
    }
}
