namespace Tracers.Engine.Runtimes;

/// <summary>A process in which a .NET runtime runs.</summary>
internal sealed record RuntimeProcess
{
    public required int Pid { get; init; }

    /// <summary>The name of the process as the kernel has it (comm).</summary>
    public required string Name { get; init; }

    /// <summary>The name of the program's assembly, <c>web</c> of one that <c>dotnet web.dll</c> runs; null where the runtime does not say.</summary>
    public string? Application { get; init; }

    /// <summary>Its command line, the arguments with a space between.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Version of its runtime, <c>10.0.12</c>; null where it cannot be found out.</summary>
    public required string? Version { get; init; }

    /// <summary>The name of the account that it runs as, or its number.</summary>
    public required string User { get; init; }

    /// <summary>Why it cannot be listened to, as a sentence that says what to do; null where it can.</summary>
    public required string? Problem { get; init; }

    /// <summary>Whether it, or the program in it, has a name that is looked for.</summary>
    public bool IsNamed(Func<string, bool> matches) => matches(Name) || (Application is not null && matches(Application));
}
