namespace Tracers.Engine.Filters.Syntax;

/// <summary>How a filter compares a field with values.</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,

    /// <summary>Contains, upper and lower case being the same.</summary>
    IContains,
    StartsWith,
    EndsWith,

    /// <summary>Matches a pattern with <c>*</c>, <c>?</c> and <c>[]</c>.</summary>
    Glob,

    /// <summary>Matches a regular expression. Not in sysdig.</summary>
    Regex,

    /// <summary>Equals one of several values.</summary>
    In,

    /// <summary>The same for a field with several values; fields here have one at a time.</summary>
    Intersects,

    /// <summary>Equals one of several paths or lies below it.</summary>
    PMatch,

    /// <summary>Has a value.</summary>
    Exists,
}
