namespace Tracers.Tests.Engine.Scap;

/// <summary>A length in a capture, and what it stands in.</summary>
/// <param name="Name">For messages: <c>process list v9, entry length</c>.</param>
/// <param name="At">Where it is.</param>
/// <param name="Size">2 or 4 bytes.</param>
/// <param name="Block">Where its block begins.</param>
/// <param name="EventsBefore">Events in front of its block.</param>
/// <param name="Checked">Whether a value that is too large must be an error; the second length of an event block is not compared.</param>
internal sealed record LengthField(string Name, int At, int Size, int Block, int EventsBefore, bool Checked);
