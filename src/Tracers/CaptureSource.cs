namespace Tracers;

/// <summary>Where a capture is: a path, a pattern, or an object that has files.</summary>
public sealed class CaptureSource
{
    private readonly string _text;

    private CaptureSource(string text, IReadOnlyList<string> names, bool isLiteral)
    {
        _text = text;
        Names = names;
        IsLiteral = isLiteral;
    }

    internal IReadOnlyList<string> Names { get; }

    /// <summary>Whether the names are taken as they are; otherwise they can hold wildcards.</summary>
    internal bool IsLiteral { get; }

    /// <summary>A path, which can hold wildcards; <c>-</c> for standard input.</summary>
    public static implicit operator CaptureSource(string path) => new(path, [path], isLiteral: false);

    /// <summary>A file.</summary>
    public static implicit operator CaptureSource(FileInfo file) => new(file.FullName, [file.FullName], isLiteral: true);

    /// <summary>What Get-TracerCapture described.</summary>
    public static implicit operator CaptureSource(TracerCapture capture) => new(capture.Path, [capture.Path], isLiteral: capture.Path != "-");

    /// <summary>A live capture, all its files.</summary>
    public static implicit operator CaptureSource(TracerRecording recording) => new(recording.Path, recording.Files, isLiteral: true);

    /// <summary>The path.</summary>
    public override string ToString() => _text;
}
