using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet;

/// <summary>A startup hook's assembly as a process would find it.</summary>
/// <remarks>
/// A runtime that is told to load a hook and cannot ends its process with an unhandled exception. So everything that can be known before is asked before:
/// whether the process sees the file and may read it, and whether its runtime can load it and finds there what it calls.
/// </remarks>
internal static class HookFile
{
    private const UnixFileMode ReadByAll = UnixFileMode.OtherRead;
    private const UnixFileMode EnterByAll = UnixFileMode.OtherExecute;
    private const string TypeName = "StartupHook";
    private const string MethodName = "Initialize";

    /// <summary>Looks at the file.</summary>
    /// <param name="process">The process.</param>
    /// <param name="sameAccount">Whether it runs as the account that asks.</param>
    /// <param name="hook">Full path of the file, as the process will be told it.</param>
    /// <exception cref="RuntimeAccessException">The process would end.</exception>
    public static void Check(RuntimeProcess process, bool sameAccount, string hook)
    {
        string seen = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Pid}/root{hook}");
        if (!Path.IsPathRooted(hook) || !File.Exists(seen))
            throw Refused(process, $"there is no file '{hook}' where it runs. In a container, copy the hook into it under this path");
        if (!sameAccount && !IsReadableByAll(seen))
            throw Refused(process, $"{process.User} may not read '{hook}'. Give all accounts the right to read the file and to enter its folders, or copy it to such a place");
        try
        {
            using PEReader file = new(File.OpenRead(seen));
            MetadataReader metadata = file.GetMetadataReader();
            if (!HasHook(metadata))
                throw Refused(process, $"'{hook}' is no startup hook. Give an assembly with a class {TypeName} and its method {MethodName}");
            if (MajorOf(process.Version) is { } own && NeededMajor(metadata) is { } needed && needed > own)
                throw Refused(process, string.Create(CultureInfo.InvariantCulture, $"'{hook}' is made for .NET {needed}, and its runtime is {process.Version}. Start it with a newer runtime"));
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            throw Refused(process, $"'{hook}' is no assembly of .NET. Give that of a startup hook", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(process, $"'{hook}' cannot be read: {e.Message.TrimEnd('.')}. Give this account and {process.User} the right to read it", e);
        }
    }

    private static bool HasHook(MetadataReader metadata)
    {
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            if (type.Namespace.IsNil && metadata.StringComparer.Equals(type.Name, TypeName))
                return type.GetMethods().Any(m => metadata.StringComparer.Equals(metadata.GetMethodDefinition(m).Name, MethodName));
        }

        return false;
    }

    // The framework's assemblies have its version.
    private static int? NeededMajor(MetadataReader metadata)
    {
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            if (metadata.StringComparer.Equals(reference.Name, "System.Runtime") || metadata.StringComparer.Equals(reference.Name, "System.Private.CoreLib"))
                return reference.Version.Major;
        }

        return null;
    }

    private static int? MajorOf(string? version) =>
        int.TryParse(version?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : null;

    private static bool IsReadableByAll(string path)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ReadByAll) == 0)
            return false;

        // Up to the root of the process, which is the root of this one's path to it.
        for (string? folder = Path.GetDirectoryName(path); folder is not null && !folder.EndsWith("/root", StringComparison.Ordinal); folder = Path.GetDirectoryName(folder))
        {
            if ((File.GetUnixFileMode(folder) & EnterByAll) == 0)
                return false;
        }

        return true;
    }

    private static RuntimeAccessException Refused(RuntimeProcess process, string why, Exception? inner = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Process {process.Pid} ({process.Name}) cannot load the hook: {why}."), inner);
}
