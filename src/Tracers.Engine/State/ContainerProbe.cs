namespace Tracers.Engine.State;

/// <summary>A command that says whether a container is well.</summary>
/// <param name="Exe">The program.</param>
/// <param name="Arguments">Its arguments, each followed by a NUL, as those of a thread.</param>
internal sealed record ContainerProbe(string Exe, string Arguments)
{
    /// <summary>The command line.</summary>
    public string Text => Arguments.Length == 0 ? Exe : $"{Exe} {Arguments[..^1].Replace('\0', ' ')}";
}
