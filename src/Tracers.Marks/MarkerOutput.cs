namespace Tracers.Marks;

/// <summary>Where markers go. Tests put another in the place of the device.</summary>
internal abstract class MarkerOutput
{
    private static MarkerOutput s_current = NullDevice.Available ? new NullDevice() : new NoOutput();

    /// <summary>Where the markers of this process go.</summary>
    public static MarkerOutput Current
    {
        get => Volatile.Read(ref s_current);
        set => Volatile.Write(ref s_current, value);
    }

    /// <summary>Whether anything that is written goes anywhere.</summary>
    public virtual bool IsOn => true;

    /// <summary>Writes a marker that begins or ends a span, with one system call.</summary>
    /// <returns>False when it was not written. Nothing is thrown.</returns>
    public abstract bool Write(byte[] marker, int length);

    /// <summary>Writes a switch marker, through a descriptor of its own: readers that do not know it give up on the descriptor.</summary>
    /// <returns>False when it was not written. Nothing is thrown.</returns>
    public abstract bool WriteSwitch(byte[] marker, int length);
}
