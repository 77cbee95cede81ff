namespace Tracers.Engine.Capture.Linux;

/// <summary>What a record of a ring tells; <c>enum record_kind</c> of the probe.</summary>
internal enum RecordKind : byte
{
    Enter = 0,
    Exit = 1,

    /// <summary>A task was made; the record is the parent's.</summary>
    Fork = 2,

    /// <summary>A task runs another program now.</summary>
    Exec = 3,
    TaskExit = 4,
}
