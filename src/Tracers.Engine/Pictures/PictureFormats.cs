namespace Tracers.Engine.Pictures;

/// <summary>How numbers look in a picture: as in every other view of the one who shows it.</summary>
/// <param name="Duration">Of nanoseconds.</param>
/// <param name="Bytes">Of bytes.</param>
/// <param name="BytesOfScale">Of bytes at a division of a scale, which is a whole number of some unit.</param>
internal sealed record PictureFormats(Func<long, string> Duration, Func<long, string> Bytes, Func<long, string> BytesOfScale);
