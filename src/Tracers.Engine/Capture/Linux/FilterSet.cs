using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture.Linux;

/// <summary>What one of the probe's filters lets pass: a hash map whose values say nothing.</summary>
/// <typeparam name="TKey">The map's key, with all its bytes.</typeparam>
internal sealed class FilterSet<TKey>
    where TKey : unmanaged
{
    private readonly BpfMap _map;
    private readonly StartDiagnosis _diagnosis;

    /// <exception cref="NativeCallException">The map has other sizes.</exception>
    public FilterSet(BpfMap map, StartDiagnosis diagnosis)
    {
        Libbpf.RequireSizes<TKey, byte>(map);
        _map = map;
        _diagnosis = diagnosis;
    }

    /// <exception cref="CaptureStartException">The map is full.</exception>
    public void Add(TKey key) => _diagnosis.Run(() =>
    {
        try
        {
            Libbpf.SetElement(_map, key, (byte)1);
        }
        catch (NativeCallException e) when (e.Errno == Errno.TooBig)
        {
            throw StartErrors.FilterFull(e);
        }
    });

    /// <returns>Whether it was there.</returns>
    public bool Remove(TKey key) => _diagnosis.Run(() => Libbpf.DeleteElement(_map, key));

    public bool Contains(TKey key) => _diagnosis.Run(() => Libbpf.GetElement<TKey, byte>(_map, key) is not null);
}
