using System.Globalization;
using Tracers.Engine.Runtimes;

namespace Tracers;

/// <summary>A process of this machine in which .NET runs.</summary>
public sealed class TracerDotNetProcess
{
    private readonly RuntimeProcess _process;

    internal TracerDotNetProcess(RuntimeProcess process) => _process = process;

    /// <summary>Process id.</summary>
    public int Id => _process.Pid;

    /// <summary>Name (comm) of the process, which the kernel cuts to 15 bytes.</summary>
    public string Name => _process.Name;

    /// <summary>Name of the program's assembly, <c>web</c> where <c>dotnet web.dll</c> runs; null when the runtime does not say.</summary>
    public string? Application => _process.Application;

    /// <summary>Version of its runtime, such as <c>10.0.12</c>; null when it cannot be found out.</summary>
    public string? Version => _process.Version;

    /// <summary>The account that it runs as: the name, or the number where this machine has no name for it.</summary>
    public string User => _process.User;

    /// <summary>Whether it can be listened to.</summary>
    public bool IsReachable => _process.Problem is null;

    /// <summary>Why it cannot be listened to and what to do; null when it can.</summary>
    public string? Problem => _process.Problem;

    /// <summary>Its program and arguments.</summary>
    public string CommandLine => _process.CommandLine;

    /// <summary>A text as the view shows it.</summary>
    /// <param name="property"><c>Name</c>, <c>Application</c>, <c>User</c>, or <c>CommandLine</c>: the command, or else why it cannot be listened to.</param>
    public string ToText(string property) => Views.Text(property switch
    {
        nameof(Name) => Name,
        nameof(Application) => Application,
        nameof(User) => User,
        nameof(CommandLine) => Problem ?? CommandLine,
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    });

    /// <summary>Its id, by which it is given to <c>-DotNet</c>.</summary>
    public override string ToString() => Id.ToString(CultureInfo.InvariantCulture);

    internal bool IsNamed(Func<string, bool> matches) => _process.IsNamed(matches);
}
