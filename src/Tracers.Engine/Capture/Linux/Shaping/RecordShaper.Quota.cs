namespace Tracers.Engine.Capture.Linux;

/// <content>quotactl: what its last argument points to depends on the command.</content>
internal sealed partial class RecordShaper
{
    private const uint QuotaOn = 0x800002;
    private const uint QuotaGetFormat = 0x800004;
    private const uint QuotaGetInfo = 0x800005;
    private const uint QuotaSetInfo = 0x800006;
    private const uint QuotaGet = 0x800007;
    private const uint QuotaSet = 0x800008;
    private const uint QuotaXfsGet = 0x5803;
    private const uint QuotaXfsSet = 0x5804;
    private const uint QuotaFormatNotUsed = 1;

    // Which members of struct if_dqblk or if_dqinfo are filled stands at its end.
    private const int ValidInBlock = 64;
    private const int ValidInInfo = 20;
    private const byte OfInfo = 64;
    private const byte OfFormat = 128;

    private static uint QuotaCommand(in ShapedRecord source, int argument) => (uint)source.Argument(argument) >> 8;

    private ulong Quota(in ShapeOp op, in ShapedRecord source)
    {
        uint command = QuotaCommand(in source, op.A);
        ReadOnlySpan<byte> memory = source.Get(op.Slot);
        if (op.B == OfFormat)
            return command == QuotaGetFormat ? _values[op.Map].Convert((uint)Memory(MemoryForm.U32, memory, 0)) : QuotaFormatNotUsed;

        bool ofInfo = (op.B & OfInfo) != 0;
        bool applies = ofInfo ? command is QuotaGetInfo or QuotaSetInfo : command is QuotaGet or QuotaSet;
        ulong valid = Memory(MemoryForm.U32, memory, ofInfo ? ValidInInfo : ValidInBlock);
        return applies && (valid & op.B & ~(ulong)OfInfo) != 0 ? Memory(op.Width == 1 ? MemoryForm.U32 : MemoryForm.U64, memory, op.At) : 0;
    }
}
