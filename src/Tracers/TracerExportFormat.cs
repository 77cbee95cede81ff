namespace Tracers;

/// <summary>What Export-TracerCapture can write.</summary>
public enum TracerExportFormat
{
    /// <summary>A capture, which this module and sysdig read.</summary>
    Scap,

    /// <summary>sysdig's listing: a line an event, in UTF-8.</summary>
    Text,
}
