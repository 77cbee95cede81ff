using Tracers.Engine.Scap;

namespace Tracers.DotNet.Sessions;

/// <summary>The stream of a session, which remembers whether it came to its end.</summary>
internal sealed class SessionStream(Stream stream) : ReadOnlyStream
{
    private volatile bool _hasEnded;

    /// <summary>Whether the runtime has closed it, as it does when it is done and when its process ends.</summary>
    public bool HasEnded => _hasEnded;

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = stream.Read(buffer);
        }
        catch (IOException)
        {
            // A process that is killed resets the connection.
            read = 0;
        }

        _hasEnded |= read == 0 && !buffer.IsEmpty;
        return read;
    }
}
