using Tracers.Engine.State;

namespace Tracers.Engine.Filters;

/// <summary>An internet address as a field's value.</summary>
/// <param name="V6">Whether it is an IPv6 address.</param>
/// <param name="Value">The address.</param>
internal readonly record struct FieldAddress(bool V6, InternetAddress Value);
