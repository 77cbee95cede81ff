namespace Tracers.Engine.Scap.Writing;

/// <summary>A place between two blocks of a file that is being written.</summary>
/// <param name="Offset">Where in the stream.</param>
/// <param name="Bytes">Bytes of blocks before it, before compression.</param>
/// <param name="Events">Events before it.</param>
internal readonly record struct WriterPlace(long Offset, long Bytes, long Events);
