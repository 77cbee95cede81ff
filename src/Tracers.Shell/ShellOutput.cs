using System.Text;

namespace Tracers.Shell;

/// <summary>The two output streams, as text. Lines go out as they are written, so that what follows a slow pipeline sees them at once.</summary>
internal sealed class ShellOutput
{
    private const int BufferSize = 4096;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>Opens both streams.</summary>
    /// <param name="closed">Called once when the reader of a stream has gone.</param>
    public ShellOutput(Action closed)
    {
        Out = Open(StandardOutput, closed);
        Error = Open(StandardError, closed);
    }

    /// <summary>Gets standard output.</summary>
    public TextWriter Out { get; }

    /// <summary>Gets standard error.</summary>
    public TextWriter Error { get; }

    private static StreamWriter Open(int descriptor, Action closed)
    {
        Stream stream = OperatingSystem.IsWindows()
            ? descriptor == StandardOutput ? Console.OpenStandardOutput() : Console.OpenStandardError()
            : new PipeStream(descriptor, closed);
        return new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize) { AutoFlush = true };
    }
}
