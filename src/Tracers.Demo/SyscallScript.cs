using System.Net;
using System.Text;
using Tracers.Demo.Simulation;
using Tracers.Engine.Scap.Records;

namespace Tracers.Demo;

/// <summary>
/// The system calls of one thread: each writes its enter event, lets the time pass that the call takes, and writes its exit event.
/// Negative results are error numbers, as in a capture.
/// </summary>
internal sealed class SyscallScript(SimThread thread)
{
    public const long Again = -11;
    public const long BrokenPipe = -32;
    public const long NoEntry = -2;
    public const uint ReadOnly = 1;
    public const uint CloseOnExec = 0x1000;
    private const long AtFdCwd = -100;
    private const uint BlobDevice = 0xFD00;
    private const ushort PollIn = 1;

    /// <summary>CLONE_FILES, FS, SIGHAND, SYSVSEM, THREAD, VM, PARENT_SETTID, CHILD_CLEARTID, SETTLS in the format's numbering.</summary>
    private const uint ThreadFlags = 0x1 | 0x2 | 0x800 | 0x1000 | 0x2000 | 0x8000 | 0x200 | 0x800000 | 0x2000000;

    public SimThread Thread { get; } = thread;

    /// <summary>Writes a span marker. The exit event says in its flags that it is one, as a live capture's does.</summary>
    public async Task MarkAsync(long fd, string marker)
    {
        byte[] text = Encoding.UTF8.GetBytes(marker);
        Emit(EventType.Write, Param.I64(fd), Param.U32((uint)text.Length));
        await Thread.RunAsync(410);
        Thread.Machine.Emit(Thread.Tid, Thread.Cpu, EventType.Write + 1, EventBlockOptions.Marker, Param.I64(text.Length), text);
        await Thread.RunAsync(1_700);
    }

    public async Task<long> OpenAsync(string path, uint flags, long error = 0)
    {
        Emit(EventType.Open, Param.Text(path), Param.U32(flags), Param.U32(0));
        await Thread.RunAsync(5_200);
        long fd = error < 0 ? error : Thread.Process.TakeFd();
        Emit(EventType.Open + 1, Param.I64(fd), Param.Text(path), Param.U32(flags), Param.U32(0), Param.U32(error < 0 ? 0 : BlobDevice));
        await Thread.RunAsync(2_000);
        return fd;
    }

    public async Task<long> OpenAtAsync(string path, uint flags, long error = 0)
    {
        Emit(EventType.OpenAt, Param.I64(AtFdCwd), Param.Text(path), Param.U32(flags), Param.U32(0));
        await Thread.RunAsync(6_100);
        long fd = error < 0 ? error : Thread.Process.TakeFd();
        Emit(
            EventType.OpenAt + 1, Param.I64(fd), Param.I64(AtFdCwd), Param.Text(path), Param.U32(flags), Param.U32(0),
            Param.U32(error < 0 ? 0 : BlobDevice));
        await Thread.RunAsync(2_000);
        return fd;
    }

    public async Task CloseAsync(long fd)
    {
        Emit(EventType.Close, Param.I64(fd));
        await Thread.RunAsync(1_100);
        Thread.Process.FreeFd(fd);
        Emit(EventType.Close + 1, Param.I64(0));
        await Thread.RunAsync(1_000);
    }

    public async Task FstatAsync(long fd)
    {
        Emit(EventType.Fstat, Param.I64(fd));
        await Thread.RunAsync(800);
        Emit(EventType.Fstat + 1, Param.I64(0));
        await Thread.RunAsync(900);
    }

    public async Task StatAsync(string path, long result)
    {
        Emit(EventType.Stat);
        await Thread.RunAsync(3_900);
        Emit(EventType.Stat + 1, Param.I64(result), Param.Text(path));
        await Thread.RunAsync(900);
    }

    /// <param name="fd">What is read.</param>
    /// <param name="size">The size asked for.</param>
    /// <param name="result">Bytes read.</param>
    /// <param name="data">The start of them.</param>
    /// <param name="sleep">Nanoseconds to wait for the disk; 0 if the page cache has it.</param>
    public Task ReadAsync(long fd, uint size, long result, byte[] data, long sleep = 0) =>
        TransferAsync(EventType.Read, [Param.I64(fd), Param.U32(size)], result, data, sleep);

    public Task WriteAsync(long fd, byte[] data, long sleep = 0) =>
        TransferAsync(EventType.Write, [Param.I64(fd), Param.U32((uint)data.Length)], data.Length, data, sleep);

    public Task WriteAsync(long fd, uint size, byte[] data, long sleep = 0) =>
        TransferAsync(EventType.Write, [Param.I64(fd), Param.U32(size)], size, data, sleep);

    /// <param name="fd">The socket.</param>
    /// <param name="size">The size given.</param>
    /// <param name="result">Bytes taken, or an error.</param>
    /// <param name="data">The start of them.</param>
    /// <param name="sleep">Nanoseconds to wait for room in the socket's buffer; 0 if there is some.</param>
    public Task SendToAsync(long fd, uint size, long result, byte[] data, long sleep = 0) =>
        TransferAsync(EventType.SendTo, [Param.I64(fd), Param.U32(size), Param.None], result, data, sleep);

    public async Task RecvFromAsync(long fd, uint size, long result, byte[] data)
    {
        Emit(EventType.RecvFrom, Param.I64(fd), Param.U32(size));
        await Thread.RunAsync(1_600);
        Emit(EventType.RecvFrom + 1, Param.I64(result), Param.Data(data), Param.None);
        await Thread.RunAsync(2_000);
    }

    public async Task ShutdownAsync(long fd)
    {
        Emit(EventType.Shutdown, Param.I64(fd), Param.U8(1));
        await Thread.RunAsync(9_000);
        Emit(EventType.Shutdown + 1, Param.I64(0));
        await Thread.RunAsync(1_500);
    }

    /// <summary>A futex call with the private flag: operation 0 waits, 1 wakes.</summary>
    public async Task FutexAsync(ulong address, ushort operation, ulong value, long result, long sleep = 0)
    {
        Emit(EventType.Futex, Param.U64(address), Param.U16((ushort)(0x80 | operation)), Param.U64(value));
        await SpendAsync(700, sleep);
        Emit(EventType.Futex + 1, Param.I64(result));
        await Thread.RunAsync(800);
    }

    /// <summary>Waits for input on one descriptor, at most so long.</summary>
    public async Task<bool> PollAsync(long fd, Task<bool> ready)
    {
        Emit(EventType.Poll, Param.FdList((fd, PollIn)), Param.I64(500));
        await Thread.SleepUntilAsync(ready);
        bool input = await ready;
        Emit(EventType.Poll + 1, Param.I64(input ? 1 : 0), input ? Param.FdList((fd, PollIn)) : Param.FdList());
        await Thread.RunAsync(2_500);
        return input;
    }

    public async Task EpollWaitAsync(long result, long sleep)
    {
        Emit(EventType.EpollWait, Param.I64(64));
        await Thread.SleepAsync(sleep);
        Emit(EventType.EpollWait + 1, Param.I64(result));
        await Thread.RunAsync(2_200);
    }

    public async Task<long> AcceptAsync(IPEndPoint client, IPEndPoint server)
    {
        Emit(EventType.Accept);
        await Thread.RunAsync(7_500);
        long fd = Thread.Process.TakeFd();
        Emit(EventType.Accept + 1, Param.I64(fd), Param.Tuple(client, server), Param.U8(0), Param.U32(0), Param.U32(128));
        await Thread.RunAsync(4_000);
        return fd;
    }

    /// <summary>Starts a thread that shares everything with this one; what it does begins with its own exit event of the call.</summary>
    public async Task CloneThreadAsync(ulong tid, Func<SyscallScript, Task> work)
    {
        Emit(EventType.Clone);
        await Thread.RunAsync(21_000);
        EmitCloneExit(Thread, (long)tid);
        SimThread child = new(Thread.Machine, Thread.Process, tid);
        Thread.Machine.Start(async () =>
        {
            await Thread.Machine.AcquireCpuAsync(child);
            EmitCloneExit(child, 0);
            await child.RunAsync(12_000);
            await work(new SyscallScript(child));
            child.Machine.Emit(
                child.Tid, child.Cpu, EventType.ProcExit, EventBlockOptions.None, Param.I64(0), Param.I64(0), Param.U8(0), Param.U8(0));
            child.Machine.ReleaseCpu(child);
        });
        await Thread.RunAsync(6_000);
    }

    private static void EmitCloneExit(SimThread thread, long result)
    {
        SimProcess process = thread.Process;
        thread.Machine.Emit(
            thread.Tid, thread.Cpu, EventType.Clone + 1, EventBlockOptions.None,
            Param.I64(result), Param.Text(process.Exe), Param.List(process.Arguments),
            Param.I64((long)thread.Tid), Param.I64((long)process.Pid), Param.I64((long)process.ParentPid),
            Param.Text(process.Cwd), Param.I64(1024), Param.U64(3), Param.U64(2140),
            Param.U32(process.VmSizeKb), Param.U32(process.VmRssKb), Param.U32(0),
            Param.Text(process.Comm), Param.List("cpu=" + process.Cgroup), Param.U32(ThreadFlags),
            Param.U32(process.Uid), Param.U32(process.Uid), Param.I64((long)thread.Tid), Param.I64((long)process.Pid));
    }

    private async Task TransferAsync(ushort type, byte[][] enter, long result, byte[] data, long sleep)
    {
        Emit(type, enter);
        await SpendAsync(1_300 + (Math.Max(result, 0) / 8), sleep);
        Emit((ushort)(type + 1), Param.I64(result), Param.Data(data));
        await Thread.RunAsync(2_400);
    }

    private async Task SpendAsync(long run, long sleep)
    {
        if (sleep > 0) await Thread.SleepAsync(sleep);
        await Thread.RunAsync(run);
    }

    private void Emit(ushort type, params ReadOnlySpan<byte[]> parameters) =>
        Thread.Machine.Emit(Thread.Tid, Thread.Cpu, type, EventBlockOptions.None, parameters);
}
