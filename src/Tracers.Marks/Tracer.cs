namespace Tracers.Marks;

/// <summary>Marks sections of the application's code, for Tracers and sysdig to find in a capture of the machine's system calls.</summary>
/// <remarks>
/// <para>
/// A mark is one write of a short text to <c>/dev/null</c>. It costs what that system call costs, allocates nothing and never throws. No mark is
/// written, and nothing is said, where there is no Linux or no <c>/dev/null</c>, for an empty tag, inside of 64 open spans of one thread, and when id and
/// tags have more than about 4 KB; arguments that do not fit into 4096 bytes are left out.
/// </para>
/// <para>
/// Spans nest by thread: a span begun inside of another has the other's id, and its tags with one more behind them. So a span must end on
/// the path on which it began, as <c>using</c> has it, and it must not await: another request may run on the thread meanwhile.
/// Asynchronous code is marked with activities (<c>Tracer.MarkActivities</c>, .NET 10 and later).
/// </para>
/// <para>
/// Values of arguments are written in the invariant culture. Strings, bool and the integers are written without an allocation, on .NET 10 also double,
/// float, decimal, Guid, TimeSpan, DateTime and DateTimeOffset; of any other type ToString is called.
/// </para>
/// <para>
/// The descriptor stays open until the process ends. Code that closes descriptors it has not opened, as daemons do at their start, must run
/// before the first mark.
/// </para>
/// </remarks>
public static partial class Tracer
{
    /// <summary>Begins a span, which ends when the result is disposed of.</summary>
    /// <param name="tag">What the section is called. A dot separates tags: <c>a.b</c> is b inside of a. All else is taken as it is.</param>
    public static MarkedSpan Start(string tag) => ThreadNest.Current.Begin(tag, default(NoArguments));

    /// <summary>Begins a span with an argument.</summary>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <param name="tag">What the section is called, see <see cref="Start(string)"/>.</param>
    /// <param name="argument">Name and value, such as <c>("code", 200)</c>.</param>
    public static MarkedSpan Start<T>(string tag, (string Name, T Value) argument) =>
        ThreadNest.Current.Begin(tag, new Arguments<NoArguments, T>(default, argument));

    /// <summary>Begins a span with two arguments.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="tag">What the section is called, see <see cref="Start(string)"/>.</param>
    /// <param name="first">Name and value.</param>
    /// <param name="second">Name and value.</param>
    public static MarkedSpan Start<T1, T2>(string tag, (string Name, T1 Value) first, (string Name, T2 Value) second) =>
        ThreadNest.Current.Begin(tag, new Arguments<Arguments<NoArguments, T1>, T2>(new(default, first), second));

    /// <summary>Begins a span with three arguments.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="tag">What the section is called, see <see cref="Start(string)"/>.</param>
    /// <param name="first">Name and value.</param>
    /// <param name="second">Name and value.</param>
    /// <param name="third">Name and value.</param>
    public static MarkedSpan Start<T1, T2, T3>(string tag, (string Name, T1 Value) first, (string Name, T2 Value) second, (string Name, T3 Value) third) =>
        ThreadNest.Current.Begin(tag, new Arguments<Arguments<Arguments<NoArguments, T1>, T2>, T3>(new(new(default, first), second), third));

    /// <summary>Begins a span with arguments that were put together before.</summary>
    internal static MarkedSpan Start(string tag, KeyValuePair<string, string?>[] arguments) => ThreadNest.Current.Begin(tag, new ListArguments(arguments));
}
