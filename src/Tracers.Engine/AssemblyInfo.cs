using System.Runtime.CompilerServices;

// The hot loop's structs are filled field by field: clearing them first is a tenth of an event's cost. No stackalloc relies on zeros.
[module: SkipLocalsInit]
