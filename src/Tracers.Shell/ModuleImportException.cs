namespace Tracers.Shell;

/// <summary>The shell has no commands to offer.</summary>
internal sealed class ModuleImportException(string message, Exception? inner = null) : Exception(message, inner);
