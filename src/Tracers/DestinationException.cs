namespace Tracers;

/// <summary>A file that a command writes cannot be written: it is told apart from one that cannot be read.</summary>
/// <param name="reason">Why.</param>
internal sealed class DestinationException(Exception reason) : Exception(reason.Message, reason);
