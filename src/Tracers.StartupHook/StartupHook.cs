using Tracers.StartupHook;

/// <summary>What the runtime looks for in a startup hook, by this name and in no namespace.</summary>
internal static class StartupHook
{
    private const string Loaded = "Tracers.StartupHook.Loaded";

    /// <summary>Called before the application's own code, or while it runs; never throws into it.</summary>
    public static void Initialize()
    {
        try
        {
            // A hook of the same process may have been loaded from another folder.
            lock (AppDomain.CurrentDomain)
            {
                if (AppContext.GetData(Loaded) is not null)
                    return;
                AppContext.SetData(Loaded, new ListeningSource());
            }
        }
        catch (Exception)
        {
            // The application goes on without marks; whoever listens sees that none come.
        }
    }
}
