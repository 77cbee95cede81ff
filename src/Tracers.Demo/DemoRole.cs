namespace Tracers.Demo;

internal enum DemoRole
{
    Serve,
    Load,
    Run,
}
