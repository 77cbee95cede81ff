namespace Tracers.Page.Binding;

/// <summary>Something in the page's sources that must not be there.</summary>
/// <param name="File">The source's path.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Message">What is wrong, and what to do instead.</param>
internal sealed record Finding(string File, int Line, int Column, string Message)
{
    /// <summary>As MSBuild and editors know errors.</summary>
    public override string ToString() => $"{File}({Line},{Column}): error PAGE: {Message}";
}
