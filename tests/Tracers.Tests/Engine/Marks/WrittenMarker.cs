namespace Tracers.Tests.Engine.Marks;

/// <summary>A write that the application made: a marker, or with <paramref name="Bytes"/> for a file one of its own.</summary>
internal sealed record WrittenMarker(int Thread, int Fd, byte[] Bytes);
