namespace Tracers.Engine.Filters.Syntax;

/// <summary>One comparison.</summary>
/// <param name="Field">The field.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="OperatorPosition">Where the operator stands in the text.</param>
/// <param name="Values">With what: none for <c>exists</c>, one for most, several for lists.</param>
internal sealed record CheckNode(FieldReference Field, FilterOperator Operator, int OperatorPosition, IReadOnlyList<FilterValue> Values) : FilterNode;
