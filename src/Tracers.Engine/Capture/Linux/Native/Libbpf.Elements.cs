using System.Runtime.InteropServices;

namespace Tracers.Engine.Capture.Linux.Native;

internal static unsafe partial class Libbpf
{
    /// <summary>Sets one element of a map, whose sizes the caller has had checked.</summary>
    /// <exception cref="NativeCallException">The map is full, say.</exception>
    public static void SetElement<TKey, TValue>(BpfMap map, TKey key, TValue value)
        where TKey : unmanaged
        where TValue : unmanaged =>
        NativeCallException.ThrowIfNegative(bpf_map_update_elem(MapDescriptor(map), &key, &value, 0), $"{nameof(bpf_map_update_elem)}({map.Name})");

    /// <summary>Reads one element of a map, whose sizes the caller has had checked.</summary>
    /// <returns>Null when there is none.</returns>
    public static TValue? GetElement<TKey, TValue>(BpfMap map, TKey key)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        TValue value = default;
        int result = bpf_map_lookup_elem(MapDescriptor(map), &key, &value);
        if (result == -Errno.NoEntry)
            return null;
        NativeCallException.ThrowIfNegative(result, $"{nameof(bpf_map_lookup_elem)}({map.Name})");
        return value;
    }

    /// <summary>Takes an element out of a hash map.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool DeleteElement<TKey>(BpfMap map, TKey key)
        where TKey : unmanaged
    {
        int result = bpf_map_delete_elem(MapDescriptor(map), &key);
        if (result == -Errno.NoEntry)
            return false;
        NativeCallException.ThrowIfNegative(result, $"{nameof(bpf_map_delete_elem)}({map.Name})");
        return true;
    }

    /// <summary>Sets the first elements of an array map by one call.</summary>
    public static void SetElements<TValue>(BpfMap map, ReadOnlySpan<TValue> values)
        where TValue : unmanaged
    {
        uint[] keys = new uint[values.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (uint)i;

        uint count = (uint)values.Length;
        fixed (uint* keysPointer = keys)
        fixed (TValue* valuesPointer = values)
        {
            NativeCallException.ThrowIfNegative(
                bpf_map_update_batch(MapDescriptor(map), keysPointer, valuesPointer, &count, options: null), $"{nameof(bpf_map_update_batch)}({map.Name})");
        }
    }

    [LibraryImport(Library)]
    private static partial int bpf_map_update_elem(int map, void* key, void* value, ulong flags);

    [LibraryImport(Library)]
    private static partial int bpf_map_lookup_elem(int map, void* key, void* value);

    [LibraryImport(Library)]
    private static partial int bpf_map_delete_elem(int map, void* key);

    [LibraryImport(Library)]
    private static partial int bpf_map_update_batch(int map, void* keys, void* values, uint* count, void* options);
}
