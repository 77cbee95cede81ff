namespace Tracers.Engine.Scap.Writing;

/// <summary>How far a section has come; blocks come in this order (FORMAT.md 5).</summary>
internal enum WriterStage
{
    Start,
    Section,
    Processes,
    Fds,
    Events,
}
