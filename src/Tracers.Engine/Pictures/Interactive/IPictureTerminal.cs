namespace Tracers.Engine.Pictures.Interactive;

/// <summary>A terminal that is drawn on as a whole and read key by key.</summary>
internal interface IPictureTerminal
{
    /// <summary>Its size now, in columns and lines.</summary>
    (int Width, int Height) Size { get; }

    /// <summary>Whether a key can be read without waiting.</summary>
    bool KeyAvailable { get; }

    /// <summary>Reads a key, without showing it.</summary>
    KeyStroke ReadKey();

    /// <summary>Writes text with escape codes.</summary>
    void Write(string text);
}
