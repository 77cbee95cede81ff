namespace Tracers.Engine.Scap;

/// <summary>Block numbers of the format; FORMAT.md says what each holds.</summary>
internal static class BlockType
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint MachineInfo = 0x201;
    public const uint ProcessListV1 = 0x202;
    public const uint ProcessListV2 = 0x207;
    public const uint ProcessListV3 = 0x209;
    public const uint ProcessListV4 = 0x210;
    public const uint ProcessListV5 = 0x211;
    public const uint ProcessListV6 = 0x212;
    public const uint ProcessListV7 = 0x213;
    public const uint ProcessListV8 = 0x214;
    public const uint ProcessListV9 = 0x215;
    public const uint FdListV1 = 0x203;
    public const uint FdListV2 = 0x218;
    public const uint EventV1 = 0x204;
    public const uint EventV1Flags = 0x208;
    public const uint EventV2 = 0x216;
    public const uint EventV2Flags = 0x217;
    public const uint EventV2Large = 0x221;
    public const uint EventV2LargeFlags = 0x222;
    public const uint InterfaceListV1 = 0x205;
    public const uint InterfaceListV2 = 0x219;
    public const uint UserListV1 = 0x206;
    public const uint UserListV2 = 0x220;

    /// <summary>The number that today's files use for the block; pre-release numbers (0x80..ABCD) are turned into it.</summary>
    public static uint Canonical(uint type) => type switch
    {
        0x8002ABCD => MachineInfo,
        0x8000ABCD => ProcessListV1,
        0x8013ABCD => ProcessListV2,
        0x8014ABCD => ProcessListV3,
        0x8001ABCD => FdListV1,
        0x8010ABCD => EventV1,
        0x8011ABCD => InterfaceListV1,
        0x8012ABCD => UserListV1,
        _ => type,
    };

    /// <summary>Whether the block holds one event.</summary>
    public static bool IsEvent(uint type) =>
        type is EventV2 or EventV2Flags or EventV1 or EventV1Flags or EventV2Large or EventV2LargeFlags;

    /// <summary>Version of a process list block, 0 for any other block.</summary>
    public static int ProcessListVersion(uint type) => type switch
    {
        ProcessListV1 => 1,
        ProcessListV2 => 2,
        ProcessListV3 => 3,
        ProcessListV4 => 4,
        ProcessListV5 => 5,
        ProcessListV6 => 6,
        ProcessListV7 => 7,
        ProcessListV8 => 8,
        ProcessListV9 => 9,
        _ => 0,
    };
}
