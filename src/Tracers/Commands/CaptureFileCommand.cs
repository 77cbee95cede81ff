using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>A command that reads capture files, named by <c>-Path</c>, <c>-LiteralPath</c> or the pipeline.</summary>
/// <remarks>
/// A subclass implements <see cref="ProcessCapture"/>, which is called for one file after another. What that throws
/// about the file becomes one error, and the next file follows. A subclass that also works without a file overrides
/// <see cref="Path"/> and <see cref="LiteralPath"/> with attributes of its own, and <see cref="CancellableCommand.OnInput"/>.
/// </remarks>
public abstract class CaptureFileCommand : CaptureCommand
{
    /// <summary>The name of the parameter set of <c>-Path</c>, which is the default one.</summary>
    protected const string PathSet = "Path";

    /// <summary>The name of the parameter set of <c>-LiteralPath</c>.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The capture files to read; wildcards are resolved. <c>-</c> is standard input.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[]? Path { get; set; }

    // FullName is for a FileInfo that did not come from a provider and so has no PSPath: as a string it would be a wildcard.
    /// <summary>The capture files to read, with names exactly as they are: <c>[</c> and <c>*</c> are ordinary characters.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public virtual string[]? LiteralPath { get; set; }

    /// <summary>Reads one capture.</summary>
    /// <param name="path">The full path of a file that exists, or <c>-</c> for standard input.</param>
    protected abstract void ProcessCapture(string path);

    /// <summary>Reads the files that this input names, one after another.</summary>
    protected override void OnInput() => ProcessNamedCaptures();

    /// <summary>Calls <see cref="ProcessCapture"/> for each file that <see cref="Path"/> or <see cref="LiteralPath"/> names now.</summary>
    protected void ProcessNamedCaptures()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string name in (literal ? LiteralPath : Path) ?? [])
        {
            foreach (string file in Resolve(name, literal))
            {
                StopToken.ThrowIfCancellationRequested();
                ReadCapture(file);
            }
        }
    }

    /// <summary>Calls <see cref="ProcessCapture"/>; what it throws about the file becomes one error.</summary>
    /// <param name="file">The full path of a file, or <c>-</c> for standard input.</param>
    protected void ReadCapture(string file) => ReadCapture(file, ProcessCapture);
}
