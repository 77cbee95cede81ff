using Microsoft.Win32.SafeHandles;

namespace Tracers.TestService;

/// <summary>A file of zeros beside the program that all requests read; request <c>k</c> reads as many bytes at once as no other does.</summary>
internal sealed class NumberedFile : IDisposable
{
    /// <summary>What request 0 reads at once.</summary>
    public const int FirstLength = 100_000;

    // Room for some million requests; nothing of it is on the disk.
    private const long Size = 16 << 20;

    private readonly SafeFileHandle _handle;

    public NumberedFile()
    {
        Path = System.IO.Path.Join(AppContext.BaseDirectory, "numbered");
        using (FileStream file = new(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(Size);
        _handle = File.OpenHandle(Path);
    }

    public string Path { get; }

    /// <summary>Reads for a request, with one system call of the calling thread.</summary>
    public void Read(int k) => RandomAccess.Read(_handle, new byte[FirstLength + k], 0);

    /// <summary>Reads for a request through a stream, on threads of the pool.</summary>
    public async Task ReadAsync(int k, int times)
    {
        await using FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
        byte[] buffer = new byte[FirstLength + k];
        for (int i = 0; i < times; i++)
        {
            file.Position = 0;
            await file.ReadExactlyAsync(buffer);
        }
    }

    public void Dispose() => _handle.Dispose();
}
