namespace Tracers.Engine.Capture.Linux;

/// <summary><c>enum filter</c> of the probe; what passes all that are set is recorded.</summary>
[Flags]
internal enum ProbeFilter : uint
{
    None = 0,
    Pid = 1,
    Name = 2,
    Cgroup = 4,
}
