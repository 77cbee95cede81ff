using System.Globalization;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using Tracers.Completion;
using Tracers.Engine.Capture;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;
using Tracers.Runtimes;

namespace Tracers.Commands;

/// <summary>A command that begins a live capture: what is recorded, and where to.</summary>
public abstract class RecordCommand : LiveCaptureCommand
{
    private const int LeastBuffer = 4096;
    private const int LargestBuffer = 1 << 30;
    private const int LongestSnap = CaptureOptions.LargestSnapLength;

    // Each file begins with the machine's processes and descriptors, some hundred KB.
    private const long LeastRotateSize = 1 << 20;
    private const string Attached = "sys_enter, sys_exit, sched_process_fork, sched_process_exec and sched_process_exit";

    private Duration? _duration;
    private long? _maxSize;
    private long? _rotateSize;
    private int? _bufferSize;

    /// <summary>The file to write; without it <c>host-time.scap</c> in the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? Path { get; set; }

    // Not nullable: PowerShell would convert the number that it made of the text, and 0.5s would be 0.
    /// <summary>The capture ends after this time.</summary>
    [Parameter]
    public Duration Duration
    {
        get => _duration ?? default;
        set => _duration = value;
    }

    /// <summary>The capture ends when so many bytes were written, before compression.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxSize
    {
        get => _maxSize ?? 0;
        set => _maxSize = value;
    }

    /// <summary>A new file begins after so many bytes, before compression.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long RotateSize
    {
        get => _rotateSize ?? 0;
        set => _rotateSize = value;
    }

    /// <summary>So many files are kept; the oldest goes. 0 keeps all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RotateCount { get; set; }

    /// <summary>Writes gzip.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Bytes kept of each buffer that is read or written; markers are kept whole.</summary>
    [Parameter]
    [ValidateRange(0, LongestSnap)]
    public int SnapLength { get; set; } = 80;

    /// <summary>Bytes of each CPU's buffer between the kernel and the file, a power of two.</summary>
    [Parameter]
    [ValidateRange(LeastBuffer, LargestBuffer)]
    public int BufferSize
    {
        get => _bufferSize ?? 0;
        set => _bufferSize = value;
    }

    /// <summary>Only these processes and the children that they make.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunningProcessIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[] ProcessId { get; set; } = [];

    /// <summary>Only processes with these names, as the kernel has them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunningProcessNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ProcessName { get; set; } = [];

    /// <summary>Only containers with these ids, or beginnings of ids.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunningContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ContainerId { get; set; } = [];

    /// <summary>Only these system calls, and those that say what a descriptor or a process is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SyscallCompleter))]
    [KnownSyscall]
    public string[] Syscall { get; set; } = [];

    // An array of one: then Tab asks the completer, which has a word about each.
    /// <summary>How much of each call is recorded.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CaptureModeCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public CaptureMode?[] Mode { get; set; } = [CaptureMode.Full];

    /// <summary>.NET processes whose activities become spans, by their ids or names, with wildcards; with a name also those that start later.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DotNetProcessCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] DotNet { get; set; } = [];

    /// <summary>The processes load a startup hook and mark their activities themselves, which costs them less. It stays in them, and is quiet when nobody listens.</summary>
    [Parameter]
    public SwitchParameter DotNetHook { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Begins the capture that the parameters describe; returns when events flow.</summary>
    /// <returns>Null when the user did not want it (<c>-WhatIf</c>, <c>-Confirm</c>).</returns>
    private protected TracerRecording? Begin()
    {
        CheckParameters();
        string path = Path is null ? DefaultPath() : Resolve(Path);
        if (Directory.Exists(path))
            ThrowTerminatingError(TracerErrors.CapturePathIsDirectory(path));
        if (Recordings.FindRunning(path) is { } other)
            ThrowTerminatingError(TracerErrors.CaptureFileInUse(path, other.Id));

        // A capture that rotates writes other names, which the engine makes and looks at.
        if (_rotateSize is null && File.Exists(path) && !Force)
            ThrowTerminatingError(TracerErrors.CaptureExists(path));
        if (!ShouldProcess(path, $"Record the system calls of this machine (eBPF programs on {Attached})"))
            return null;

        CaptureOptions options = Options(path);
        TracerRecording recording;
        try
        {
            recording = Recordings.Start(options, StopToken);
        }
        catch (CaptureStartException e)
        {
            ThrowTerminatingError(TracerErrors.FromStarting(e, path));
            throw;
        }

        SessionCapture.Remember(recording.Path);
        if (Path is null)
            Say($"Recording to '{path}'.");
        WriteVerbose($"Capture {recording.Id} records to '{path}': {options.Mode}, {options.SnapLength} bytes of each buffer.");
        return recording;
    }

    private void CheckParameters()
    {
        if (_duration is { Nanoseconds: <= 0 } duration)
            ThrowTerminatingError(TracerErrors.DurationNotPositive(duration));
        if (_bufferSize is { } size && !int.IsPow2(size))
            ThrowTerminatingError(TracerErrors.BufferSizeNotPowerOfTwo(size));
        if (RotateCount > 0 && _rotateSize is null)
            ThrowTerminatingError(TracerErrors.RotateCountWithoutSize(RotateCount));
        if (_rotateSize is < LeastRotateSize)
            ThrowTerminatingError(TracerErrors.RotateSizeTooSmall(RotateSize));
        if (Path == StandardInput.Path)
            ThrowTerminatingError(TracerErrors.CaptureToStandardOutput());
        if (DotNetHook && DotNet.Length == 0)
            ThrowTerminatingError(TracerErrors.HookWithoutProcess());
    }

    private CaptureOptions Options(string path) => new()
    {
        Path = path,
        Overwrite = Force,
        SnapLength = SnapLength,
        BufferBytes = _bufferSize,
        Compress = Compress,
        Duration = _duration,
        MaxBytes = _maxSize,
        RotateBytes = _rotateSize,
        RotateCount = RotateCount,
        Mode = Mode[0] ?? CaptureMode.Full,
        ProcessIds = ProcessId,
        ProcessNames = ProcessName,
        ContainerIds = ContainerId,
        Syscalls = Syscall,
        Runtimes = DotNet.Length == 0 ? null : RuntimeOptions(),
    };

    private RuntimeOptions RuntimeOptions()
    {
        try
        {
            string[] names = [.. DotNet.Where(static d => !IsId(d))];
            return new RuntimeOptions
            {
                Diagnostics = RuntimeLibrary.Diagnostics,
                ProcessIds = [.. DotNet.Where(IsId).Select(static d => int.Parse(d, CultureInfo.InvariantCulture)).Distinct()],
                ProcessNames = names,
                IsNamed = names.Length == 0 ? static _ => false : Wildcards.Any(names)!,
                Hook = DotNetHook ? RuntimeLibrary.Hook : null,
            };
        }
        catch (FileNotFoundException e)
        {
            ThrowTerminatingError(TracerErrors.RuntimeLibraryMissing(e));
            throw;
        }
    }

    private static bool IsId(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private string Resolve(string name)
    {
        try
        {
            string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(name, out ProviderInfo provider, out _);
            if (!string.Equals(provider.Name, FileSystemProvider.ProviderName, StringComparison.Ordinal))
                ThrowTerminatingError(TracerErrors.NotAFileSystemPath(name, provider.Name));
            return System.IO.Path.GetFullPath(path);
        }
        catch (Exception e) when (e is SessionStateException or PSArgumentException or PSNotSupportedException)
        {
            ThrowTerminatingError(TracerErrors.PathNotUsable(name, e));
            throw;
        }
    }

    // Two captures may begin in one second.
    private string DefaultPath()
    {
        string folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        string name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{DateTime.Now:yyyyMMdd-HHmmss}");
        string path = System.IO.Path.Join(folder, $"{name}.scap");
        for (int i = 2; File.Exists(path) || Recordings.FindRunning(path) is not null; i++)
            path = System.IO.Path.Join(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}.scap"));
        return path;
    }

    // As Write-Host does: the user must see it, and it is neither output nor a warning.
    private void Say(string message) => WriteInformation(new HostInformationMessage { Message = message }, ["PSHOST"]);
}
