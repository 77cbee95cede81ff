namespace Tracers.Engine.Events;

/// <summary>What a copy of an event's bytes needs to be viewed again.</summary>
/// <param name="Type">Event number.</param>
/// <param name="Cpu">The cpu it happened on.</param>
/// <param name="Flags">Dump flags of its block.</param>
/// <param name="Lengths">Where the length array stands.</param>
/// <param name="ParameterCount">Parameters in the file.</param>
/// <param name="Wide">Whether lengths have 32 bits.</param>
internal readonly record struct EventLayout(ushort Type, ushort Cpu, uint Flags, int Lengths, int ParameterCount, bool Wide);
