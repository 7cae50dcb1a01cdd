namespace MnistNet;

/// <summary>What a picture in the terminal is made of.</summary>
public enum Renderer
{
    /// <summary>What the terminal is known to show; nothing is asked of it.</summary>
    Auto,

    /// <summary>Half-blocks in 16 million colours: exact to the pixel.</summary>
    TrueColor,

    /// <summary>Half-blocks in the 256 colours of xterm.</summary>
    Color256,

    /// <summary>Blocks and shades without colour.</summary>
    Block,

    /// <summary>ASCII characters only.</summary>
    Ascii,
}
