using System.Management.Automation;
using Tracers.Completion;

namespace Tracers.Commands;

/// <summary>A command for live captures of this session: those that are piped or named, or else the one that runs.</summary>
public abstract class SelectedCaptureCommand : LiveCaptureCommand
{
    private const string OnlySet = "Only";
    private const string IdSet = "Id";
    private const string PathSet = "Path";
    private const string InputObjectSet = "InputObject";

    /// <summary>The name of the parameter set without any of them.</summary>
    protected const string DefaultSet = OnlySet;

    /// <summary>The captures with these ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(RecordingIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <summary>The captures that write to these files; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ArgumentCompleter(typeof(RecordingPathCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Captures, as Start-TracerCapture and Get-TracerCapture give them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TracerRecording[] InputObject { get; set; } = [];

    /// <summary>Does it.</summary>
    private protected abstract void Process(TracerRecording recording);

    /// <inheritdoc/>
    protected override void OnInput()
    {
        foreach (TracerRecording recording in Selected())
            Process(recording);
    }

    private IEnumerable<TracerRecording> Selected() => ParameterSetName switch
    {
        InputObjectSet => InputObject,
        IdSet => Id.SelectMany(ById),
        PathSet => Path.SelectMany(ByPath),
        _ => Only(),
    };

    private TracerRecording[] ById(int id)
    {
        if (Recordings.Find(id) is { } recording)
            return [recording];
        WriteError(TracerErrors.CaptureIdNotFound(id));
        return [];
    }

    // The names of the captures are matched and not those of the folder: other files there are none of ours.
    private TracerRecording[] ByPath(string name)
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(name);
        IReadOnlyList<TracerRecording> all = Recordings.All;
        TracerRecording[] found = [.. all.Where(r => r.Writes(path))];
        if (found.Length == 0)
        {
            WildcardPattern pattern = new(path, WildcardOptions.CultureInvariant);
            found = [.. all.Where(r => pattern.IsMatch(r.Path))];
        }

        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(path))
            WriteError(TracerErrors.NoCaptureWritesTo(path));
        return found;
    }

    // One that has ended by itself is meant as well: whether it was quicker than the user must make no difference.
    private TracerRecording[] Only()
    {
        string command = MyInvocation.MyCommand.Name;
        IReadOnlyList<TracerRecording> all = Recordings.All;
        TracerRecording[] running = [.. all.Where(static r => r.State == TracerRecordingState.Running)];
        if (running.Length == 1)
            return running;
        if (running.Length > 1)
            WriteError(TracerErrors.SeveralCapturesRunning(command, running.Select(static r => r.Id)));
        else if (all is [.., { } last])
            return [last];
        else
            WriteError(TracerErrors.NoCaptureStarted(command));
        return [];
    }
}
