namespace Tracers.Engine.Capture.Linux;

/// <summary>The compiled programs, which come with this assembly.</summary>
internal static unsafe class ProbeObject
{
    public const string Resource = "tracers.bpf.o";

    /// <summary>The ELF file's bytes, where the assembly is mapped.</summary>
    /// <exception cref="CaptureStartException">The assembly was built without it.</exception>
    public static ReadOnlySpan<byte> Bytes =>
        typeof(ProbeObject).Assembly.GetManifestResourceStream(Resource) is UnmanagedMemoryStream resource
            ? new ReadOnlySpan<byte>(resource.PositionPointer, checked((int)resource.Length))
            : throw new CaptureStartException(
                CaptureStartFailure.NotSupported, $"This build has no probe ({Resource}): run `make` in src/Tracers.Probe and build again.");
}
