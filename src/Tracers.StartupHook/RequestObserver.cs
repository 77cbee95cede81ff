using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Tracers.Marks;

namespace Tracers.StartupHook;

/// <summary>Hears from ASP.NET Core what its requests ask for and which routes they take.</summary>
internal sealed class RequestObserver : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Server = "Microsoft.AspNetCore";
    private const string RequestActivity = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string RequestBegan = RequestActivity + ".Start";
    private const string RouteFound = "Microsoft.AspNetCore.Routing.EndpointMatched";

    private readonly List<IDisposable> _subscriptions = [];
    private bool _hears;

    public RequestObserver()
    {
        IDisposable all = DiagnosticListener.AllListeners.Subscribe(this);
        lock (_subscriptions)
            _subscriptions.Add(all);
    }

    /// <summary>Whether an activity is a request of which will be said more.</summary>
    public bool IsAwaited(Activity activity) => Volatile.Read(ref _hears) && activity.OperationName == RequestActivity;

    // A web server of the process, there already or just made.
    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener listener)
    {
        if (listener.Name != Server)
            return;

        // No other event of it is made: the server asks before.
        IDisposable subscription = listener.Subscribe(this, static name => name is RequestBegan or RouteFound);
        lock (_subscriptions)
            _subscriptions.Add(subscription);
        Volatile.Write(ref _hears, true);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> said)
    {
        try
        {
            if (said.Key == RequestBegan)
                Describe(said.Value);
            else if (said.Key == RouteFound)
                Open(said.Value);
        }
        catch (Exception)
        {
            // Called by the application's own code. A framework that is not what this was compiled for: requests have the names of their activities then.
            Volatile.Write(ref _hears, false);
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _hears, false);
        lock (_subscriptions)
        {
            foreach (IDisposable subscription in _subscriptions)
                subscription.Dispose();
            _subscriptions.Clear();
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    // Of its own, as the next one: its types are looked for when it is called first, and may not be there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Describe(object? said)
    {
        if (said is HttpContext context && Activity.Current is { OperationName: RequestActivity } activity)
            ActivityMarks.Describe(activity, new RequestDetails(context));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Open(object? said)
    {
        if (said is HttpContext context)
            RequestDetails.FindRoute(context);
        ActivityMarks.OpenCurrent();
    }
}
