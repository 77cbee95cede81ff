using System.Globalization;
using System.Net.Sockets;
using Tracers.Engine.Capture.Linux.Snapshot;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Processes;

/// <summary>Finds the processes in which a .NET runtime runs: by the socket that it listens on, or by the library that is mapped.</summary>
internal static class ProcessFinder
{
    /// <summary>How long each runtime of many may take to say its version. One that runs answers in a millisecond or two; a busy machine takes longer.</summary>
    private static readonly TimeSpan s_listPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long the one that matters may take.</summary>
    private static readonly TimeSpan s_singlePatience = TimeSpan.FromSeconds(10);

    private const int FirstVersionWithDiagnostics = 5;

    /// <summary>All that can be seen of this machine's, without the one that asks, in the order of their pids.</summary>
    public static IReadOnlyList<RuntimeProcess> FindAll()
    {
        ProcFolder proc = new();
        Dictionary<uint, string> users = Users();
        List<Task<RuntimeProcess?>> found = [];
        foreach (int pid in Pids())
        {
            if (pid != Environment.ProcessId && ProcessFacts.Read(proc, pid) is { } facts)
                found.Add(ExamineAsync(proc, facts, users, s_listPatience));
        }

        return [.. Task.WhenAll(found).GetAwaiter().GetResult().OfType<RuntimeProcess>().OrderBy(static p => p.Pid)];
    }

    /// <summary>A process; null when it is gone or no runtime is in it.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="socket">Path of the socket on which its runtime listens; null when there is none.</param>
    public static RuntimeProcess? Find(int pid, out string? socket)
    {
        ProcFolder proc = new();
        socket = null;
        if (ProcessFacts.Read(proc, pid) is not { } facts)
            return null;
        socket = DiagnosticSocket.Find(proc, facts);
        return ExamineAsync(proc, facts, Users(), s_singlePatience).GetAwaiter().GetResult();
    }

    // What reads /proc runs before the first wait, one process after the other: the folder's buffers are shared.
    private static async Task<RuntimeProcess?> ExamineAsync(ProcFolder proc, ProcessFacts facts, Dictionary<uint, string> users, TimeSpan patience)
    {
        string? socket = DiagnosticSocket.Find(proc, facts);
        LoadedRuntime? loaded = LoadedRuntime.Find(facts.Pid);
        if (socket is null && loaded is null)
            return null;
        RuntimeAnswer answer = new(loaded?.Version, null, null);
        string user = users.GetValueOrDefault(facts.Uid, facts.Uid.ToString(CultureInfo.InvariantCulture));
        if (IsOld(loaded?.Version))
            answer = answer with { Problem = $"Its runtime is .NET {loaded?.Version}, and listening needs .NET 5 or newer. Run the program with a newer one." };
        else if (socket is null)
            answer = answer with { Problem = SocketProblem(DiagnosticSocket.IsSwitchedOff(proc, facts.Pid)) };
        else if (facts.IsStopped)
            answer = answer with { Problem = Text($"It is stopped and answers nobody. Continue it: kill -CONT {facts.Pid}") };
        else
            answer = await AskAsync(socket, loaded, user, patience).ConfigureAwait(false);

        return new RuntimeProcess
        {
            Pid = facts.Pid,
            Name = facts.Name,
            CommandLine = facts.CommandLine,
            Application = answer.Application,
            Version = answer.Version,
            User = user,
            Problem = answer.Problem,
        };
    }

    private static string SocketProblem(bool off) => off
        ? "Its runtime's diagnostics are switched off. Start it without DOTNET_EnableDiagnostics=0 and DOTNET_EnableDiagnostics_IPC=0."
        : "The socket of its runtime is not to be seen: it was deleted, lies in a folder of another account, or diagnostics are switched off. Look as root, or start the program again.";

    private static async Task<RuntimeAnswer> AskAsync(string socket, LoadedRuntime? loaded, string user, TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            (string Version, string Application)? said = await RuntimeQuestion.AskAsync(socket, limit.Token).ConfigureAwait(false);
            return new RuntimeAnswer(said?.Version ?? loaded?.Version, said is { Application.Length: > 0 } ? said.Value.Application : null, null);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            return new RuntimeAnswer(loaded?.Version, null, $"It runs as {user}, whose runtimes this account may not ask. Use that account, or root.");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return new RuntimeAnswer(loaded?.Version, null, $"Nobody listens on its socket '{socket}'. It is ending, or its runtime has lost the socket: start it again.");
        }
        catch (SocketException e)
        {
            return new RuntimeAnswer(loaded?.Version, null, $"Its socket '{socket}' cannot be used: {e.Message.TrimEnd('.')}. Look whether the file is there, and start the program again if not.");
        }
        catch (IOException e)
        {
            return new RuntimeAnswer(loaded?.Version, null, $"Its runtime hung up: {e.Message.TrimEnd('.')}. It may be ending; look again.");
        }
        catch (OperationCanceledException)
        {
            return new RuntimeAnswer(loaded?.Version, null, Text($"Its runtime did not answer for {patience.TotalSeconds:0.#} s: it is frozen, in a debugger, or waits to be resumed. Look again when it runs."));
        }
    }

    private static bool IsOld(string? version) =>
        version is not null && int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) && major < FirstVersionWithDiagnostics;

    private static IEnumerable<int> Pids()
    {
        if (!Directory.Exists("/proc"))
            yield break;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
                yield return pid;
        }
    }

    private static Dictionary<uint, string> Users()
    {
        Dictionary<uint, string> users = [];
        foreach (Engine.Scap.Records.UserRecord user in AccountFiles.ReadUsers("/etc/passwd"))
            users.TryAdd(user.Uid, user.Name.ToString());
        return users;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record RuntimeAnswer(string? Version, string? Application, string? Problem);
}
