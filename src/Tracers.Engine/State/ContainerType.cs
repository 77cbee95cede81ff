namespace Tracers.Engine.State;

/// <summary>Container engines as container events number them.</summary>
internal enum ContainerType
{
    Docker = 0,
    Lxc = 1,
    LibvirtLxc = 2,
    Mesos = 3,
    Rkt = 4,
    Custom = 5,
    Cri = 6,
    Containerd = 7,
    CriO = 8,
    Bpm = 9,
    Static = 10,
    Podman = 11,
}
