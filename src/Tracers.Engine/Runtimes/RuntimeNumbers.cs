using System.Globalization;

namespace Tracers.Engine.Runtimes;

/// <summary>How a capture numbers a process and its threads, of which the runtime knows the numbers of its own pid namespace.</summary>
internal sealed class RuntimeNumbers
{
    // Null where the two are the same.
    private readonly Dictionary<int, int>? _threads;

    /// <param name="pid">The process, as the capture numbers it.</param>
    /// <param name="isInNamespace">Whether it counts its threads otherwise: they are then looked up in <c>/proc</c>.</param>
    public RuntimeNumbers(int pid, bool isInNamespace = false)
    {
        Pid = pid;
        _threads = isInNamespace ? [] : null;
    }

    /// <summary>The process, as the capture numbers it.</summary>
    public int Pid { get; }

    /// <summary>Whether a process of this machine counts itself otherwise than this process does.</summary>
    public static bool IsInNamespace(int pid) => NumbersIn(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")) is [_, _, ..];

    /// <summary>A thread as the capture numbers it; one that has gone meanwhile keeps the number that it has.</summary>
    public int ThreadOf(int tid)
    {
        if (_threads is null)
            return tid;
        if (!_threads.TryGetValue(tid, out int number))
        {
            LookAgain(_threads);
            if (!_threads.TryGetValue(tid, out number))
                _threads[tid] = number = tid;
        }

        return number;
    }

    private void LookAgain(Dictionary<int, int> threads)
    {
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{Pid}/task")))
            {
                if (NumbersIn(Path.Combine(folder, "status")) is [var outer, .., var inner])
                    threads[inner] = outer;
            }
        }
        catch (IOException)
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
        catch (IOException)
        {
            return [];
        }
    }
}
