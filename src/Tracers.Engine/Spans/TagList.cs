namespace Tracers.Engine.Spans;

/// <summary>The tags of a span.</summary>
/// <param name="Tags">One by one, unescaped.</param>
/// <param name="Text">Joined with dots, as sysdig shows them.</param>
internal sealed record TagList(string[] Tags, string Text)
{
    /// <summary>The first tag; empty when there is none.</summary>
    public string Root => Tags.Length > 0 ? Tags[0] : "";
}
