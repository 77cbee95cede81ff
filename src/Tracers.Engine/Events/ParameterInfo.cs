namespace Tracers.Engine.Events;

/// <summary>One parameter of an event type, as the table declares it.</summary>
/// <param name="Name">The name that <c>evt.arg.NAME</c> uses.</param>
/// <param name="Type">How its bytes are read.</param>
/// <param name="Format">How a number is shown.</param>
/// <param name="Table">Name of the flag list or the list of sub-types; for a relative path the index of the directory's parameter; empty for none.</param>
internal sealed record ParameterInfo(string Name, ParameterType Type, NumberFormat Format, string Table);
