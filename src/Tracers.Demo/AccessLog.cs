using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tracers.Demo;

/// <summary>A line for each response, written at once by the thread that responds.</summary>
internal sealed class AccessLog(string path) : IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    private long _length;

    public void Write(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        long end = Interlocked.Add(ref _length, bytes.Length);
        RandomAccess.Write(_file, bytes, end - bytes.Length);
    }

    public void Dispose() => _file.Dispose();
}
