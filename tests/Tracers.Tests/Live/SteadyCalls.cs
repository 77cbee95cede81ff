using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Tracers.Tests.Live;

/// <summary>A thread of this process that makes so many system calls a second, for a capture to record, until it is disposed of.</summary>
internal sealed class SteadyCalls : IDisposable
{
    private readonly Thread _thread;
    private readonly SafeFileHandle _null = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
    private readonly long _rate;
    private long _made;
    private volatile bool _isOver;

    public SteadyCalls(long rate)
    {
        _rate = rate;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many calls it has made.</summary>
    public long Made => Volatile.Read(ref _made);

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _null.Dispose();
    }

    private void Run()
    {
        long start = Stopwatch.GetTimestamp();
        while (!_isOver)
        {
            // What it is late by, it does not make up for beyond a tenth of a second: the rate is the most there is.
            long due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * _rate);
            for (long left = Math.Min(due - _made, _rate / 10); left > 0; left--)
            {
                RandomAccess.Write(_null, "x"u8, 0);
                Volatile.Write(ref _made, _made + 1);
            }

            Thread.Sleep(1);
        }
    }
}
