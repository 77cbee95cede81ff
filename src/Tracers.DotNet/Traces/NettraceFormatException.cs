namespace Tracers.DotNet.Traces;

/// <summary>A .nettrace stream is damaged, or none.</summary>
/// <param name="offset">Bytes before the place.</param>
/// <param name="place">The field of the format.</param>
/// <param name="why">What is wrong, as a part of a sentence.</param>
internal sealed class NettraceFormatException(long offset, string place, string why) : Exception(why)
{
    public long Offset => offset;

    public string Field => place;

    /// <summary>Whether the bytes end where the format has more.</summary>
    public bool EndsEarly { get; init; }
}
