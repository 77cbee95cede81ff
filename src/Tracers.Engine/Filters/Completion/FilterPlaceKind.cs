namespace Tracers.Engine.Filters.Completion;

/// <summary>What can stand at a place of a filter.</summary>
internal enum FilterPlaceKind
{
    /// <summary>Nothing that is known: the text before it is no filter, or the value is whatever the user has in mind.</summary>
    Nothing,

    /// <summary>The name of a field, or <c>not</c>.</summary>
    Field,

    Operator,

    /// <summary>A value of the field.</summary>
    Value,

    /// <summary><c>and</c> or <c>or</c>.</summary>
    Connective,
}
