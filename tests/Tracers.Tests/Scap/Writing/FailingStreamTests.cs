using Tracers.Engine.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

public class FailingStreamTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_failed_write_the_writer_stops_and_disposing_does_not_hide_the_error(bool compress)
    {
        FullStream stream = new();
        CaptureWriter writer = new(stream, new() { Compress = compress });
        writer.WriteSectionHeader();
        Written.AddWrite(writer);
        Assert.Throws<IOException>(writer.Flush);
        Written.AddWrite(writer);
        Assert.ThrowsAny<Exception>(writer.Flush);
        writer.Dispose();
        Assert.True(stream.IsDisposed);
    }

    private sealed class FullStream : MemoryStream
    {
        public bool IsDisposed { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
