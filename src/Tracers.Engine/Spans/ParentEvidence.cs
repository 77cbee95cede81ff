namespace Tracers.Engine.Spans;

/// <summary>How it is known which span another one belongs to. The first of these that names an open span counts.</summary>
public enum ParentEvidence
{
    /// <summary>It has no parent.</summary>
    None,

    /// <summary>The opening marker says so: <c>parent=</c> and an id.</summary>
    Argument,

    /// <summary>The tags say so: the parent has the same id, and all tags but the last.</summary>
    Tags,

    /// <summary>The thread was inside the parent when it opened the span.</summary>
    Thread,
}
