namespace Tracers.Marks;

/// <summary>Where there is no Linux, nobody would read a marker.</summary>
internal sealed class NoOutput : MarkerOutput
{
    public override bool IsOn => false;

    public override bool Write(byte[] marker, int length) => false;

    public override bool WriteSwitch(byte[] marker, int length) => false;
}
