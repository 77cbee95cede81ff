namespace Tracers.Engine.Filters;

/// <summary>What kind of value a field has, and so how it is compared.</summary>
internal enum FieldType
{
    /// <summary>Signed, 64 bits.</summary>
    Number,

    /// <summary>Unsigned, 64 bits.</summary>
    Unsigned,

    /// <summary>With a fraction.</summary>
    Real,

    /// <summary>True or false; 1 or 0 as a number.</summary>
    Boolean,

    /// <summary>Text, compared byte by byte.</summary>
    Text,

    /// <summary>Bytes of any value, zeros among them.</summary>
    Buffer,

    /// <summary>A port: a number, or the name of a service that has it.</summary>
    Port,

    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,

    /// <summary>An address that is compared with a network such as <c>10.0.0.0/8</c>.</summary>
    Network,
}
