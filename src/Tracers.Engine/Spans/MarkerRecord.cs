namespace Tracers.Engine.Spans;

/// <summary>A marker as it is handed out with its event.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Id">Its id, with t, p, pp and g replaced.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Arguments">Its arguments, in order.</param>
internal sealed record MarkerRecord(MarkerKind Kind, long Id, TagList Tags, KeyValuePair<string, string>[] Arguments);
