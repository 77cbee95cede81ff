using System.Diagnostics;

namespace Tracers.Marks;

public static partial class Tracer
{
    /// <summary>Marks every activity of the process from now on: requests of ASP.NET Core, calls of HttpClient, the application's own.</summary>
    /// <remarks>
    /// An activity's tag is its operation name, behind the tags of the activity around it; the id of its span is its span id, half of it as a number;
    /// the activity's tags are arguments at its end, as many as fit. Code that awaits is followed from thread to
    /// thread by switch markers, which Tracers reads and sysdig takes for plain writes. While this is on, activities are made also where no
    /// other listener asks for them, with their data but not recorded, and requests that are sent carry their trace. A second call while the first is
    /// on does nothing, nor does one while Tracers' startup hook marks the process.
    /// </remarks>
    /// <returns>Dispose of it to mark no more activities; those that have begun are marked to their end.</returns>
    public static IDisposable MarkActivities() => ActivityMarks.Start(null);

    /// <summary>Marks activities by tags of the application's choice.</summary>
    /// <param name="tag">The tag of an activity that begins; null for one that is not to be marked. A dot in it is a character like any other. An activity for which it throws is not marked.</param>
    /// <returns>Dispose of it to mark no more activities; those that have begun are marked to their end.</returns>
    public static IDisposable MarkActivities(Func<Activity, string?> tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return ActivityMarks.Start(tag);
    }
}
