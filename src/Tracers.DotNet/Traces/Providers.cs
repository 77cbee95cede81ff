namespace Tracers.DotNet.Traces;

/// <summary>Names of the providers whose events are understood.</summary>
internal static class Providers
{
    public const string DiagnosticSource = "Microsoft-Diagnostics-DiagnosticSource";
    public const string Tasks = "System.Threading.Tasks.TplEventSource";
    public const string Logging = "Microsoft-Extensions-Logging";
    public const string Runtime = "Microsoft-Windows-DotNETRuntime";
    public const string Counters = "System.Runtime";
    public const string Marks = "Tracers-Marks";
}
