namespace Tracers.Engine.Filters;

/// <summary>What stands behind a field's name to say which of several values is meant.</summary>
internal enum FieldArgument
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Must have an index: <c>span.tag[-1]</c>.</summary>
    Index,

    /// <summary>May have an index: <c>proc.aname[2]</c>.</summary>
    OptionalIndex,

    /// <summary>Must have a name: <c>thread.cgroup.cpu</c>.</summary>
    Name,

    /// <summary>Must have an index or a name: <c>evt.arg[0]</c>, <c>evt.arg.fd</c>.</summary>
    IndexOrName,

    /// <summary>Must have a text in brackets: <c>evt.around[1404996934793590564]</c>, <c>container.mount[/usr/*]</c>.</summary>
    Key,
}
