namespace Tracers.Engine.Analysis;

/// <summary>Which rows of a table of calls come first.</summary>
public enum CallOrder
{
    /// <summary>Those with most time in calls.</summary>
    Time,

    /// <summary>Those with most calls.</summary>
    Calls,

    /// <summary>Those with most failed calls.</summary>
    Failed,

    /// <summary>Those with the longest calls on average.</summary>
    Average,

    /// <summary>Those with the longest single call.</summary>
    Maximum,
}
