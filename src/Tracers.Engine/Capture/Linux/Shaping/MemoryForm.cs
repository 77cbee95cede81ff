namespace Tracers.Engine.Capture.Linux;

/// <summary>How a number lies in copied memory, by the word that calls.txt has for it.</summary>
internal enum MemoryForm : byte
{
    U16,
    I16,
    U32,
    I32,
    U64,

    /// <summary>A resource limit; −1 for none and where it is not known.</summary>
    Limit,

    /// <summary>The same of a 32-bit program.</summary>
    Limit32,
}
