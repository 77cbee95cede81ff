using System.Globalization;

namespace Tracers.Engine.Runtimes;

/// <summary>How a capture numbers a process and its threads, of which the runtime knows the numbers of its own pid namespace.</summary>
internal sealed class RuntimeNumbers
{
    // Null where the two are the same.
    private readonly Dictionary<int, int>? _threads;
    private readonly Action<Dictionary<int, int>> _look;

    /// <param name="pid">The process, as the capture numbers it.</param>
    /// <param name="look">Adds the threads that there are now, by the number that the process has for each; null where the two are the same.</param>
    public RuntimeNumbers(int pid, Action<Dictionary<int, int>>? look = null)
    {
        Pid = pid;
        _look = look ?? (static _ => { });
        _threads = look is null ? null : [];
    }

    /// <summary>The numbers of a process of this machine.</summary>
    public static RuntimeNumbers OfProcess(int pid) =>
        new(pid, NumbersIn(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")) is [_, _, ..] ? threads => LookUp(pid, threads) : null);

    /// <summary>The process, as the capture numbers it.</summary>
    public int Pid { get; }

    /// <summary>A thread as the capture numbers it; 0 of one in a pid namespace of its own that has gone: its number there is another thread's here.</summary>
    public int ThreadOf(int tid)
    {
        if (_threads is null)
            return tid;
        if (!_threads.TryGetValue(tid, out int number))
        {
            _look(_threads);
            if (!_threads.TryGetValue(tid, out number))
                _threads[tid] = number = 0;
        }

        return number;
    }

    private static void LookUp(int pid, Dictionary<int, int> threads)
    {
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task")))
            {
                if (NumbersIn(Path.Combine(folder, "status")) is [var outer, .., var inner])
                    threads[inner] = outer;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
    }

    // Outermost first, as they stand in NSpid.
    private static int[] NumbersIn(string status)
    {
        const string Field = "NSpid:";
        try
        {
            string? line = File.ReadLines(status).FirstOrDefault(static l => l.StartsWith(Field, StringComparison.Ordinal));
            return line is null ? [] : [.. line[Field.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries).Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
