namespace Tracers.Marks;

/// <summary>Who marks the process's activities: one at a time, also where an application's copy of this library and that of the startup hook are both in it.</summary>
internal static class MarkingTurn
{
    private const string Name = "Tracers.Marks.Activities";

    /// <summary>Takes the turn; false when another has it.</summary>
    public static bool TryTake(object owner)
    {
        // The one object that copies of this code share.
        lock (AppDomain.CurrentDomain)
        {
            if (AppContext.GetData(Name) is not null)
                return false;
            AppContext.SetData(Name, owner);
            return true;
        }
    }

    /// <summary>Gives it back; false for one who does not have it.</summary>
    public static bool TryGive(object owner)
    {
        lock (AppDomain.CurrentDomain)
        {
            if (AppContext.GetData(Name) != owner)
                return false;
            AppContext.SetData(Name, null);
            return true;
        }
    }
}
