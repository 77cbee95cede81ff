namespace Tracers.Engine.Report;

/// <summary>How far the making of a report is.</summary>
/// <param name="Step">Which reading of the capture goes on, from 1.</param>
/// <param name="Steps">How many there are.</param>
/// <param name="What">What it finds out.</param>
/// <param name="Done">Bytes of the file that it has read.</param>
/// <param name="Length">Bytes of the file.</param>
internal readonly record struct ReportProgress(int Step, int Steps, string What, long Done, long Length);
