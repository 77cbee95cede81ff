using Tracers.Tests.PowerShell;
using static Tracers.Tests.Commands.CaptureScript;

namespace Tracers.Tests.Commands;

/// <summary>A capture of about 80 MB, plain and as gzip: long enough to be stopped in its middle. Its second event is the only send.</summary>
public sealed class LargeCapture : IDisposable
{
    private const long Bytes = 80L << 20;

    private readonly TemporaryFolder _folder = new();

    public LargeCapture()
    {
        Plain = Write(System.IO.Path.Join(_folder.FullName, "large.scap"), compress: false);
        Compressed = Write(System.IO.Path.Join(_folder.FullName, "large-gz.scap"), compress: true);
    }

    public string Plain { get; }

    public string Compressed { get; }

    public void Dispose() => _folder.Dispose();

    private static string Write(string path, bool compress) => CaptureScript.Write(
        path,
        script =>
        {
            script.Mark(Microsecond, Web, ">:1:large::");
            script.Send(3 * Microsecond, Web, SocketFd, 1);
            for (long at = 5 * Microsecond; script.BytesWritten < Bytes; at += 2 * Microsecond)
                script.Read(at, Web, DataFd, 40);
        },
        compress);
}
