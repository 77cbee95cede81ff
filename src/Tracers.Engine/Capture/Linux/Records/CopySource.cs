namespace Tracers.Engine.Capture.Linux;

/// <summary>Where an argument or a length comes from; <c>enum copy_source</c> of the probe. 0 to 5 are the arguments.</summary>
internal enum CopySource : byte
{
    Argument0 = 0,
    Argument1,
    Argument2,
    Argument3,
    Argument4,
    Argument5,
    Result = 6,
    Nowhere = 7,
}
