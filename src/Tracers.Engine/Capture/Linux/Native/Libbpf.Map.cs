using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

internal static unsafe partial class Libbpf
{
    /// <exception cref="NativeCallException">The object has no such map.</exception>
    public static BpfMap FindMap(SafeBpfObject bpfObject, string name)
    {
        nint map = bpf_object__find_map_by_name(bpfObject, name);
        return map != 0 ? new BpfMap(bpfObject, map, name) : throw new NativeCallException($"{nameof(bpf_object__find_map_by_name)}({name})", Errno.NoEntry);
    }

    /// <summary>Before the object is loaded: bytes of one element.</summary>
    public static void SetValueSize(BpfMap map, uint bytes) =>
        NativeCallException.ThrowIfNegative(bpf_map__set_value_size(map.Pointer, bytes), $"{nameof(bpf_map__set_value_size)}({map.Name})");

    /// <summary>Before the object is loaded: elements of the map.</summary>
    public static void SetMaxEntries(BpfMap map, uint entries) =>
        NativeCallException.ThrowIfNegative(bpf_map__set_max_entries(map.Pointer, entries), $"{nameof(bpf_map__set_max_entries)}({map.Name})");

    /// <summary>Before the object is loaded: what its global variables hold, all of them.</summary>
    /// <exception cref="NativeCallException">The object's variables have another size.</exception>
    public static void SetInitialValue<T>(BpfMap map, T value)
        where T : unmanaged =>
        NativeCallException.ThrowIfNegative(
            bpf_map__set_initial_value(map.Pointer, &value, (nuint)sizeof(T)), $"{nameof(bpf_map__set_initial_value)}({map.Name})");

    /// <summary>Throws unless keys and values have these sizes: the kernel reads and writes as many bytes as the map says.</summary>
    /// <exception cref="NativeCallException">They do not.</exception>
    public static void RequireSizes<TKey, TValue>(BpfMap map)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        uint key = bpf_map__key_size(map.Pointer);
        uint value = bpf_map__value_size(map.Pointer);
        if (key != Unsafe.SizeOf<TKey>() || value != Unsafe.SizeOf<TValue>())
        {
            throw new NativeCallException(
                $"Map {map.Name} has keys of {key} and values of {value} bytes, not {Unsafe.SizeOf<TKey>()} and {Unsafe.SizeOf<TValue>()}", Errno.Invalid);
        }
    }

    /// <summary>The descriptor of a loaded map, which stays the object's.</summary>
    public static int MapDescriptor(BpfMap map) =>
        NativeCallException.ThrowIfNegative(bpf_map__fd(map.Pointer), $"{nameof(bpf_map__fd)}({map.Name})");

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint bpf_object__find_map_by_name(SafeBpfObject bpfObject, string name);

    [LibraryImport(Library)]
    private static partial int bpf_map__set_value_size(nint map, uint size);

    [LibraryImport(Library)]
    private static partial int bpf_map__set_max_entries(nint map, uint entries);

    [LibraryImport(Library)]
    private static partial int bpf_map__set_initial_value(nint map, void* data, nuint size);

    [LibraryImport(Library)]
    private static partial uint bpf_map__key_size(nint map);

    [LibraryImport(Library)]
    private static partial uint bpf_map__value_size(nint map);

    [LibraryImport(Library)]
    private static partial int bpf_map__fd(nint map);
}
