using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Tracers.Tests.PowerShell;

/// <summary>The real PowerShell engine in this process, with the module imported and the test assembly's own commands added.</summary>
/// <remarks>
/// One runspace, so one test at a time: use it as a class fixture. The lists hold what the last script wrote. The engine has neither the
/// Utility nor the Management module: no Sort-Object, no Get-Item.
/// </remarks>
public sealed class ModuleHost : IDisposable
{
    private readonly TextHost _host = new();
    private readonly Runspace _runspace;
    private readonly Lock _stopping = new();
    private volatile System.Management.Automation.PowerShell? _running;

    public ModuleHost()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        foreach (Type type in typeof(ModuleHost).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } name)
            {
                state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", type, null));
            }
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        SetVariable("ModuleUnderTest", ModuleUnderTest.ImportPath);
        Run("Import-Module -Name $ModuleUnderTest -ErrorAction Stop");
    }

    /// <summary>The errors of the last script, the terminating one last.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The ids of <see cref="Errors"/>, such as <c>CaptureNotFound,Tracers.Commands.GetTracerSpanCommand</c>.</summary>
    public IReadOnlyList<string> ErrorIds => [.. Errors.Select(error => error.FullyQualifiedErrorId)];

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Verbose messages; a command writes them with -Verbose.</summary>
    public IReadOnlyList<string> Verbose { get; private set; } = [];

    /// <summary>Messages of the information stream.</summary>
    public IReadOnlyList<string> Information { get; private set; } = [];

    public IReadOnlyList<ProgressRecord> Progress { get; private set; } = [];

    /// <summary>Whether the last script was stopped by <see cref="Stop"/>.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>The session.</summary>
    public Runspace Runspace => _runspace;

    /// <summary>What the user answers when the next script asks, such as <c>Yes</c>.</summary>
    public void Answer(params IEnumerable<string> answers)
    {
        _host.Collected.Answers.Clear();
        foreach (string answer in answers)
            _host.Collected.Answers.Enqueue(answer);
    }

    public void SetVariable(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script that must not write an error, and returns what it wrote.</summary>
    public IReadOnlyList<PSObject> Run(string script)
    {
        IReadOnlyList<PSObject> output = Try(script);
        if (Errors.Count > 0)
        {
            throw new InvalidOperationException($"The script wrote errors: {script}\n{string.Join('\n', Errors.Select(e => $"{e} [{e.FullyQualifiedErrorId}]"))}");
        }

        return output;
    }

    /// <summary>Runs a script that may fail: what it wrote is returned, its errors are in <see cref="Errors"/>.</summary>
    /// <param name="script">The script.</param>
    /// <param name="onOutput">Called on the pipeline's thread for each object, while the script runs.</param>
    public IReadOnlyList<PSObject> Try(string script, Action<PSObject>? onOutput = null)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        return Invoke(shell, onOutput);
    }

    /// <summary>What a console of 120 columns shows of the script's output: no escape codes, no blanks at line ends, \n as the newline.</summary>
    public string Text(string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script).AddCommand("Out-Default");
        _host.Collected.Clear();
        Invoke(shell, null);
        return _host.Collected.ToPlainText();
    }

    /// <summary>What was written to the console past the streams since the last <see cref="Text"/>.</summary>
    public string Console => _host.Collected.ToPlainText();

    /// <summary>Ctrl+C: stops the script that another thread is running, and returns when it has stopped, with the time that took.</summary>
    public TimeSpan Stop()
    {
        long begin = Stopwatch.GetTimestamp();
        lock (_stopping)
        {
            (_running ?? throw new InvalidOperationException("No script is running.")).Stop();
        }

        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>What Tab offers at the end of this text.</summary>
    public IReadOnlyList<CompletionResult> Complete(string text)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(text, text.Length, null, shell).CompletionMatches;
    }

    public void Dispose() => _runspace.Dispose();

    private List<PSObject> Invoke(System.Management.Automation.PowerShell shell, Action<PSObject>? onOutput)
    {
        var output = new PSDataCollection<PSObject>();
        if (onOutput is not null)
        {
            output.DataAdded += (_, added) => onOutput(output[added.Index]);
        }

        ErrorRecord? terminating = null;
        _running = shell;
        try
        {
            shell.Invoke(null, output);
        }
        catch (PipelineStoppedException)
        {
            // Seen below as the state.
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }
        finally
        {
            // Its owner disposes of it next, and Stop may still be using it on another thread.
            lock (_stopping)
            {
                _running = null;
            }
        }

        WasStopped = shell.InvocationStateInfo.State == PSInvocationState.Stopped;
        Errors = terminating is null ? [.. shell.Streams.Error] : [.. shell.Streams.Error, terminating];
        Warnings = [.. shell.Streams.Warning.Select(record => record.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)];
        Information = [.. shell.Streams.Information.Select(record => record.ToString())];
        Progress = [.. shell.Streams.Progress];
        return [.. output];
    }
}
